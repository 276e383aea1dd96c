depotc graph
