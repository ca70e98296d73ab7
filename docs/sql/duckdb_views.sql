-- DuckDB: the published tables by their names. Run it where outputs/ lies, or change the path.
CREATE OR REPLACE VIEW documents  AS FROM read_parquet('outputs/parquet/documents/*/*.parquet', hive_partitioning = true);
CREATE OR REPLACE VIEW blocks     AS FROM read_parquet('outputs/parquet/blocks/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW sections   AS FROM read_parquet('outputs/parquet/sections/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW tasks      AS FROM read_parquet('outputs/parquet/tasks/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW measures   AS FROM read_parquet('outputs/parquet/measures/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW task_units AS FROM read_parquet('outputs/parquet/task_units/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW units      AS FROM read_parquet('outputs/parquet/units/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW deadlines  AS FROM read_parquet('outputs/parquet/deadlines/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW citations  AS FROM read_parquet('outputs/parquet/citations/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW targets    AS FROM read_parquet('outputs/parquet/targets/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW links      AS FROM read_parquet('outputs/parquet/links/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW findings   AS FROM read_parquet('outputs/parquet/findings/*/*.parquet', hive_partitioning = false);
CREATE OR REPLACE VIEW calendar   AS FROM read_parquet('outputs/parquet/calendar/*/*.parquet', hive_partitioning = false);
