"""Attendance by hand with Spark on two threads of this machine; the folder of tables is the only argument."""

from __future__ import annotations

import sys

from marks_sql import MISSED, PERSISTENT, statements
from pyspark.sql import SparkSession

build = SparkSession.builder.master("local[2]").config("spark.driver.memory", "8g")
build = build.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "8")
spark = build.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
for name in ("mark", "code", "roll", "week", "school"):
    spark.read.parquet(f"{sys.argv[1]}/{name}").createOrReplaceTempView(name)
for statement in statements("CAST(trunc(m.day, 'week') AS DATE)"):
    name, query = statement.removeprefix("CREATE TEMP {table} ").split(" AS ", 1)
    made = spark.sql(query).cache()
    # Spark works only when somebody counts.
    made.count()
    made.createOrReplaceTempView(name)
print(spark.sql(MISSED).collect()[0][0], spark.sql(PERSISTENT).collect()[0][0])
spark.stop()
