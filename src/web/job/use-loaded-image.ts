import { useEffect, useRef, useState } from 'react';

/**
 * The newest address whose picture has arrived. One is loaded at a time and the ones in between are skipped, so the
 * picture never flickers and no request is given up half-way.
 */
export function useLoadedImage(url: string | null): string | undefined {
  const [shown, setShown] = useState<string>();
  const wanted = useRef(url);
  const isLoading = useRef(false);
  useEffect(() => {
    wanted.current = url;
    const loadNext = async (): Promise<void> => {
      const next = wanted.current;
      if (next === null || isLoading.current) return;
      isLoading.current = true;
      const hasArrived = await load(next);
      isLoading.current = false;
      if (hasArrived) setShown(next);
      if (wanted.current !== next) await loadNext();
    };
    void loadNext();
  }, [url]);
  return shown;
}

async function load(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => true,
    // The job may have moved on and its picture with it: the one before stays.
    () => false,
  );
}
