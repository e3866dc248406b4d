"use client";

/** When not even the frame can be drawn: no theme, no providers, only words. */
export default function GlobalError({ retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <html lang="en-GB">
      <body style={{ font: "14px/1.5 system-ui, sans-serif", padding: 48, colorScheme: "light dark" }}>
        <title>Steward is not available</title>
        <h1 style={{ fontSize: 18 }}>Steward is not available</h1>
        <p>Nothing was changed. Try again; if it stays, tell whoever runs Steward.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
