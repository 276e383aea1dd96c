depotc explain D9998
