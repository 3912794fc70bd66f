-- Promotions used, coupons, direct mail and redemptions. Nothing was sent to a control group.
WITH promoted AS (
  SELECT as_of, customer_id, count(DISTINCT order_id) AS orders,
    sum(CASE WHEN ordered_on > @days_before(as_of, 90) THEN amount ELSE 0 END) AS coupon_sales
  FROM seen_lines
  WHERE promotion_id IS NOT NULL
  GROUP BY as_of, customer_id
),
contacts AS (
  SELECT as_of, customer_id,
    max(CASE WHEN lower(trim(channel)) IN ('direct_mail', 'direct mail', 'mail', 'post') THEN sent_on END) AS last_mail,
    sum(CASE WHEN sent_on > @days_before(as_of, 730) THEN 1 ELSE 0 END) AS sent,
    sum(CASE WHEN sent_on > @days_before(as_of, 730) AND redeemed_on IS NOT NULL THEN 1 ELSE 0 END) AS redeemed
  FROM seen_contacts
  WHERE arm IS NULL OR arm <> 'control'
  GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  COALESCE(@ratio(p.orders, c.orders), 0) AS promotion_usage_rate,
  @number(COALESCE(p.coupon_sales, 0)) AS coupon_sales_last_quarter,
  @days_between(k.last_mail, c.as_of) AS days_since_last_direct_mail,
  @ratio(k.redeemed, k.sent) AS redemption_rate_730d
FROM seen_customers c
LEFT JOIN promoted p ON p.customer_id = c.customer_id AND p.as_of = c.as_of
LEFT JOIN contacts k ON k.customer_id = c.customer_id AND k.as_of = c.as_of
