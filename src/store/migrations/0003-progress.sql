-- Every state says what the bar is made of. Text, because jsonb refuses what users may have typed.
UPDATE aura.job SET state = (left(rtrim(state::text), -1)
  || ',"work":null,"etaRange":null,"rate":null,"queue":null,"lastProgressAt":"' || (state ->> 'createdAt') || '"}')::json;

-- What the task consists of as people count it; null when nobody said.
ALTER TABLE aura.task ADD COLUMN units integer;
ALTER TABLE aura.task ADD COLUMN units_done integer NOT NULL DEFAULT 0;
-- Of those, how many were found stored.
ALTER TABLE aura.task ADD COLUMN units_cached integer NOT NULL DEFAULT 0;
-- How much video they are, in seconds: of frames.
ALTER TABLE aura.task ADD COLUMN video_seconds double precision;
-- What the cost model said; work_seconds is that as the machines here are known to take.
ALTER TABLE aura.task ADD COLUMN model_seconds double precision NOT NULL DEFAULT 0;

-- How long the work of a stage really took on a machine, beside what the cost model said: sums of the newest tasks.
CREATE TABLE aura.speed (
  machine text NOT NULL,
  stage text NOT NULL,
  measured_seconds double precision NOT NULL,
  model_seconds double precision NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (machine, stage)
);

-- What is in it has another form now; bars under way go on from where the log has them.
DELETE FROM aura.pace;
