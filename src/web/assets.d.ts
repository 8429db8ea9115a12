/** Style sheets are Vite's: they are imported for what they do. */
declare module '*.css';
