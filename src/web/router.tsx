import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { NothingHere } from './frame/nothing-here.tsx';
import { PageFrame } from './frame/page-frame.tsx';
import { JobPage } from './job/job-page.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { NewVideoPage } from './new-video/new-video-page.tsx';

const rootRoute = createRootRoute({ component: PageFrame, notFoundComponent: NothingHere });

const newVideoRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: NewVideoPage });

const jobsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/jobs', component: JobsPage });

const jobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs/$jobId',
  component: function JobOfThisAddress() {
    const { jobId } = jobRoute.useParams();
    // A key: another job starts from nothing, not from the state of the one shown before.
    return <JobPage key={jobId} jobId={jobId} />;
  },
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([newVideoRoute, jobsRoute, jobRoute]),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
