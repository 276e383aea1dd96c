depotc new Or.ders
