import './page-frame.css';
import { Link, Outlet } from '@tanstack/react-router';
import { AuraMark } from './aura-mark.tsx';

/** What every page has around it: the name, the way to the other pages, and room for the content. */
export function PageFrame() {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <header className="page-header">
        <div className="page-header-inner">
          <Link to="/" className="page-brand" aria-label="Aura: new video">
            <AuraMark size={26} />
            <span>Aura</span>
          </Link>
          <nav className="page-nav" aria-label="Pages">
            <Link to="/" activeOptions={{ exact: true }}>
              New video
            </Link>
            <Link to="/jobs">All exports</Link>
          </nav>
        </div>
      </header>
      <main id="content" className="page-content">
        <Outlet />
      </main>
    </>
  );
}
