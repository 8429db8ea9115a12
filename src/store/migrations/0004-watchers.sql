-- For the lists that people watch: what has not ended.
CREATE INDEX job_open ON aura.job (created_at, id) WHERE status NOT IN ('completed', 'failed', 'cancelled');

-- Whoever deletes a job, its watchers are told.
CREATE FUNCTION aura.tell_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('aura_events', OLD.id || ':deleted');
  RETURN NULL;
END $$;

CREATE TRIGGER tell_deletion AFTER DELETE ON aura.job
  FOR EACH ROW EXECUTE FUNCTION aura.tell_deletion();
