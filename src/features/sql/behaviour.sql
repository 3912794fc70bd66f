-- When and how a customer shops.
WITH orders AS (
  SELECT as_of, customer_id,
    sum(CASE WHEN @weekday(ordered_on) >= 6 THEN 1 ELSE 0 END) AS weekend,
    sum(CASE WHEN ordered_on > @days_before(as_of, 30) THEN 1 ELSE 0 END) AS n30,
    sum(CASE WHEN ordered_on > @days_before(as_of, 90) THEN 1 ELSE 0 END) AS n90,
    max(CASE WHEN ordered_on > @days_before(as_of, 730) THEN ordered_on END) AS last_2y
  FROM seen_orders
  GROUP BY as_of, customer_id
),
lines AS (
  SELECT as_of, customer_id, sum(quantity) AS items, count(DISTINCT category) AS divisions
  FROM seen_lines
  GROUP BY as_of, customer_id
),
net AS (
  SELECT as_of, customer_id, sum(amount) AS total FROM seen_returns GROUP BY as_of, customer_id
),
spend_2y AS (
  SELECT as_of, customer_id, sum(CASE WHEN day > @days_before(as_of, 730) THEN amount ELSE 0 END) AS total
  FROM seen_money
  GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  COALESCE(@ratio(3 * o.n30, o.n90), 0) AS purchase_momentum,
  @ratio(o.weekend, c.orders) AS weekend_transaction_rate,
  @ratio(l.items, c.orders) AS avg_items_per_transaction,
  @ratio(c.gross - COALESCE(n.total, 0), c.orders) AS avg_net_sales_per_transaction,
  COALESCE(l.divisions, 0) AS num_merchandise_divisions,
  @days_between(o.last_2y, c.as_of) AS recency_days_2y,
  1 + floor(@ratio(10 * (rank() OVER (PARTITION BY c.as_of ORDER BY s.total) - 1), count(*) OVER (PARTITION BY c.as_of))) AS monetary_decile_2y
FROM seen_customers c
JOIN orders o ON o.customer_id = c.customer_id AND o.as_of = c.as_of
LEFT JOIN lines l ON l.customer_id = c.customer_id AND l.as_of = c.as_of
LEFT JOIN net n ON n.customer_id = c.customer_id AND n.as_of = c.as_of
LEFT JOIN spend_2y s ON s.customer_id = c.customer_id AND s.as_of = c.as_of
