depotc completion
