depotc check
