-- 与上年相比：同一地区同一事项的两年现行计划里，哪些任务新增、取消、改了期限。What changed against last year.
-- Two plans belong together when their plan_key is equal but for the year. A task is the same when its words are, blanks and
-- the year apart; what was reworded stands here once as dropped and once as new (taizhang compare pairs those).
WITH plan AS (
    SELECT document_id, plan_year, replace(plan_key, '-' || plan_year || '-', '-') AS subject
    FROM documents WHERE is_current AND plan_year IS NOT NULL AND plan_key <> ''
),
task AS (
    SELECT plan.subject, plan.plan_year, t.label, t.text, t.deadline_text, t.due_on,
           regexp_replace(replace(t.text, CAST(plan.plan_year AS VARCHAR), ''), '\s', '', 'g') AS words
    FROM tasks t JOIN plan ON plan.document_id = t.document_id
),
pair AS (
    SELECT subject, plan_year AS this_year, plan_year - 1 AS last_year
    FROM plan p WHERE EXISTS (SELECT 1 FROM plan q WHERE q.subject = p.subject AND q.plan_year = p.plan_year - 1)
),
new AS (SELECT task.*, pair.this_year FROM task JOIN pair ON pair.subject = task.subject AND pair.this_year = task.plan_year),
old AS (SELECT task.*, pair.this_year FROM task JOIN pair ON pair.subject = task.subject AND pair.last_year = task.plan_year)
SELECT coalesce(new.subject, old.subject)     AS subject,
       coalesce(new.this_year, old.this_year) AS plan_year,
       CASE WHEN old.words IS NULL THEN 'new'
            WHEN new.words IS NULL THEN 'dropped'
            WHEN new.deadline_text IS DISTINCT FROM old.deadline_text THEN 'deadline_changed'
            ELSE 'same' END                   AS change,
       coalesce(new.text, old.text)           AS text,
       old.deadline_text                      AS last_year_deadline,
       new.deadline_text                      AS this_year_deadline
FROM new
FULL OUTER JOIN old ON old.subject = new.subject AND old.this_year = new.this_year AND old.words = new.words
ORDER BY 1, 2, 3, 4;
