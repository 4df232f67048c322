/** Placeholder of the page until the first snapshot. */
export function Skeleton({ text }: { text: string }) {
  return (
    <div className="skeleton" role="status">
      <div className="skeleton-side" aria-hidden="true">
        {[60, 80, 50, 70, 45].map((width) => (
          <span key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
      <div className="skeleton-main">
        <p>{text}</p>
        <div aria-hidden="true">
          {[70, 90, 40, 80].map((width) => (
            <span key={width} style={{ width: `${width}%` }} />
          ))}
        </div>
      </div>
    </div>
  );
}
