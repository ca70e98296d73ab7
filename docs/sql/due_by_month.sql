-- 每月到期的任务数，没有任务到期的月份也在。Tasks due by month, the months without one included.
SELECT c.year, c.month, c.month_label, count(d.document_id) AS tasks
FROM calendar c
LEFT JOIN tasks t     ON t.due_on = c.date
LEFT JOIN documents d ON d.document_id = t.document_id AND d.is_current
WHERE c.year = 2022
GROUP BY c.year, c.month, c.month_label
ORDER BY c.year, c.month;
