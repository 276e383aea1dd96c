PATH=/nowhere
depotc stdlib sync package
