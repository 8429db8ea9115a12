import './jobs-page.css';
import { Button, Loader } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Job, type JobList, toFailure } from '../../protocol/index.ts';
import { aura } from '../aura.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { LinkButton } from '../frame/link-button.tsx';
import { Notice } from '../frame/notice.tsx';
import { Reconnecting } from '../frame/reconnecting.tsx';
import { JobRow } from './job-row.tsx';
import { mergeJobs } from './merge-jobs.ts';
import { useLiveJobs } from './use-live-jobs.ts';

export function JobsPage() {
  const list = useJobList();
  const hasBeenListed = useRef(false);
  const { live, connection } = useLiveJobs(() => {
    // The first list is as new as the page that was read beside it.
    if (hasBeenListed.current) void list.refetch();
    hasBeenListed.current = true;
  });
  const read = list.data?.pages.flatMap((page) => page.jobs);
  const jobs = read && mergeJobs(read, live, { hasMore: list.hasNextPage });
  return (
    <section className="jobs-page">
      <title>All exports · Aura</title>
      {jobs?.length === 0 ? <Empty /> : <Heading />}
      {connection !== 'live' && <Reconnecting />}
      {list.isPending && <Loader size="sm" mx="auto" my="xl" />}
      {list.isError && <FailureNote failure={toFailure(list.error)} />}
      {jobs !== undefined && jobs.length > 0 && <Rows jobs={jobs} />}
      {list.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  );
}

/** Page by page; what changes is heard over the event stream, so nothing is asked for again. */
function useJobList() {
  return useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam, signal }) =>
      aura.jobs({ ...(pageParam !== null && { cursor: pageParam }), signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page: JobList) => page.nextCursor,
  });
}

const firstPage: string | null = null;

function Heading() {
  return (
    <header className="jobs-heading">
      <h1 className="page-title">All exports</h1>
      <LinkButton to="/" leftSection={<IconPlus size={18} aria-hidden="true" />}>
        New video
      </LinkButton>
    </header>
  );
}

function Rows({ jobs }: { jobs: readonly Job[] }) {
  return (
    <ul className="card jobs-list">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobRow job={job} />
        </li>
      ))}
    </ul>
  );
}

function Empty() {
  return (
    <Notice
      icon={<IconMovie size={32} stroke={1.5} aria-hidden="true" />}
      title="No exports yet"
      text="Your videos will be listed here: those being made, and those that are ready."
    >
      <LinkButton to="/">Make the first one</LinkButton>
    </Notice>
  );
}
