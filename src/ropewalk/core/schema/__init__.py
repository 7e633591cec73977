"""What is known: places, periods, phases, groups, reasons and figures. Declared once; everything else follows."""
