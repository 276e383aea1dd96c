depotc stdlib location.DynamDB
