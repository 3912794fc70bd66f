-- How recently, how often and for how much a customer bought.
WITH lines AS (
  SELECT as_of, customer_id, count(*) AS n, count(DISTINCT product_id) AS products, sum(amount) AS total
  FROM seen_lines
  GROUP BY as_of, customer_id
),
returned AS (
  SELECT as_of, customer_id, sum(amount) AS total FROM seen_returns GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  @days_between(c.last_on, c.as_of) AS recency_days,
  c.orders AS frequency,
  @number(c.money) AS monetary,
  @ratio(c.money, c.orders) AS avg_basket_value,
  COALESCE(l.products, 0) AS unique_products,
  -- The gaps between consecutive orders add up to the span.
  @ratio(@days_between(c.first_on, c.last_on), c.orders - 1) AS avg_interpurchase_days,
  @days_between(c.first_on, c.last_on) AS purchase_span_days,
  @number(COALESCE(l.total, 0)) AS price_sum,
  @ratio(l.total, l.n) AS price_mean,
  COALESCE(l.n, 0) AS line_count,
  @ratio(c.orders, greatest(@number(@days_between(c.first_on, c.as_of)) / 30.4375, 1)) AS purchase_frequency_per_month,
  @days_between(c.first_on, c.as_of) AS days_since_first_purchase,
  least(1, COALESCE(@ratio(r.total, c.gross), 0)) AS return_rate
FROM seen_customers c
LEFT JOIN lines l ON l.customer_id = c.customer_id AND l.as_of = c.as_of
LEFT JOIN returned r ON r.customer_id = c.customer_id AND r.as_of = c.as_of
