depotc new orders --set gateways=Api
