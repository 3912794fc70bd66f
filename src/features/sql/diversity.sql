-- How many different things a customer bought, and in how many places.
WITH lines AS (
  SELECT as_of, customer_id, count(DISTINCT product_id) AS products, count(DISTINCT category) AS categories
  FROM seen_lines
  GROUP BY as_of, customer_id
),
places AS (
  SELECT as_of, customer_id, count(DISTINCT store_id) AS stores FROM seen_orders GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  COALESCE(l.products, 0) AS num_distinct_products,
  COALESCE(l.categories, 0) AS num_distinct_categories,
  COALESCE(p.stores, 0) AS num_distinct_stores
FROM seen_customers c
LEFT JOIN lines l ON l.customer_id = c.customer_id AND l.as_of = c.as_of
LEFT JOIN places p ON p.customer_id = c.customer_id AND p.as_of = c.as_of
