depotc new orders --template minimol
