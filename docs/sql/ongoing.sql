-- 持续推进的任务：没有完成日期，只要一直做下去。What is ongoing: tasks that have no last day.
SELECT d.region_name, d.plan_year, t.label, t.text, t.deadline_text
FROM tasks t
JOIN documents d ON d.document_id = t.document_id AND d.is_current
WHERE t.is_ongoing
ORDER BY d.region_name, d.plan_year, d.document_id, t.seq;
