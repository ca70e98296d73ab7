-- 本季度到期：各单位牵头或负责的任务数、最近的期限。What is due this quarter, by unit.
-- Change the day, or write CURRENT_DATE for it.
WITH asked AS (SELECT year, quarter FROM calendar WHERE date = DATE '2022-11-15')
SELECT coalesce(u.name, tu.text) AS unit,
       count(DISTINCT t.task_id) AS tasks,
       min(t.due_on)             AS first_due
FROM asked
JOIN calendar   c  ON c.year = asked.year AND c.quarter = asked.quarter
JOIN tasks      t  ON t.due_on = c.date
JOIN documents  d  ON d.document_id = t.document_id AND d.is_current
JOIN task_units tu ON tu.task_id = t.task_id AND tu.role IN ('lead', 'responsible')
LEFT JOIN units u  ON u.unit_id = tu.unit_id
GROUP BY 1
ORDER BY tasks DESC, unit;
