printf "{}\n" >orders.json
depotc diff orders.json orders.json
