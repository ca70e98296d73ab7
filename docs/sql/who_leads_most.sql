-- 谁牵头最多：现行各份计划里各单位牵头、负责、配合的任务数。Who leads most.
SELECT coalesce(u.name, tu.text) AS unit,
       count(DISTINCT CASE WHEN tu.role = 'lead' THEN tu.task_id END)        AS leads,
       count(DISTINCT CASE WHEN tu.role = 'responsible' THEN tu.task_id END) AS responsible_for,
       count(DISTINCT CASE WHEN tu.role = 'supporting' THEN tu.task_id END)  AS supports
FROM task_units tu
JOIN documents d  ON d.document_id = tu.document_id AND d.is_current
LEFT JOIN units u ON u.unit_id = tu.unit_id
GROUP BY 1
ORDER BY leads DESC, responsible_for DESC, supports DESC, unit;
