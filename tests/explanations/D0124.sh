depotc new orders --set gatewys=API
