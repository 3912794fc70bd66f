-- The buy-till-you-die papers' summary on purchase days: x repeats, the last after t_x of T days, m_x spent on each.
WITH days AS (
  SELECT as_of, customer_id, day, sum(amount) AS amount, max(bought) AS bought
  FROM (
    SELECT as_of, customer_id, ordered_on AS day, amount, 1 AS bought FROM seen_orders
    UNION ALL
    SELECT as_of, customer_id, day, amount, 0 AS bought FROM seen_money WHERE is_return
  ) AS d
  GROUP BY as_of, customer_id, day
)
SELECT
  c.customer_id,
  c.as_of,
  sum(CASE WHEN d.bought = 1 AND d.day > c.first_on THEN 1 ELSE 0 END) AS x,
  @days_between(c.first_on, c.last_on) AS t_x,
  @days_between(c.first_on, c.as_of) AS T,
  COALESCE(@ratio(
    sum(CASE WHEN d.day > c.first_on THEN d.amount ELSE 0 END),
    sum(CASE WHEN d.bought = 1 AND d.day > c.first_on THEN 1 ELSE 0 END)), 0) AS m_x
FROM seen_customers c
JOIN days d ON d.customer_id = c.customer_id AND d.as_of = c.as_of
GROUP BY c.customer_id, c.as_of, c.first_on, c.last_on
