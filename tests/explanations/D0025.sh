depotc explain D0001 D0002
