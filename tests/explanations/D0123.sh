mkdir orders
printf 'Orders\n' >orders/README.md
depotc new orders
