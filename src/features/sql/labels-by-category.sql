-- Long form, one row per customer and category bought in the horizon.
SELECT c.as_of, o.customer_id, lower(trim(p.category)) AS category, @number(sum(l.amount)) AS spend
FROM cuts c
JOIN orders o ON o.ordered_on > c.as_of AND o.ordered_on <= @days_after(c.as_of, $horizon_days)
JOIN order_lines l ON l.order_id = o.order_id
JOIN products p ON p.product_id = l.product_id
WHERE p.category IS NOT NULL
GROUP BY c.as_of, o.customer_id, lower(trim(p.category))
