import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./tcp-forward";

export type Nginx = {
  readonly url: string;
  stop(): Promise<void>;
};

/**
 * Debian's nginx before feeds. Below /feed it compresses and keeps a cache, as docs/feed.md has it; below /forced it
 * keeps everything for a minute whatever the answers say, as one that somebody set up wrongly.
 */
export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "steward-nginx-"));
  await chmod(folder, 0o755);
  const port = await freePort();
  await writeFile(join(folder, "nginx.conf"), configuration({ folder, port, ports }));
  const nginx = spawn("/usr/sbin/nginx", ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(nginx, "exit");
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, ended);
  return {
    url,
    async stop() {
      nginx.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(url: string, ended: Promise<unknown>): Promise<void> {
  let isGone = false;
  void ended.then(() => {
    isGone = true;
  });
  for (;;) {
    if (isGone) throw new Error("nginx ended by itself.");
    if (await fetch(`${url}/nothing`).catch(() => null)) return;
  }
}

type Configured = { readonly folder: string; readonly port: number; readonly ports: readonly number[] };

function configuration({ folder, port, ports }: Configured): string {
  const servers = ports.map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=1s;`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);
  return `
    daemon off;
    ${process.getuid?.() === 0 ? "user root;" : ""}
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log stderr crit;
    events { worker_connections 1024; }
    http {
      access_log off;
      ${temporary.join("\n      ")}
      proxy_cache_path cache keys_zone=feed:1m;
      upstream feed { ${servers.join(" ")} keepalive 32; }
      server {
        listen 127.0.0.1:${port};
        proxy_http_version 1.1;
        proxy_next_upstream error timeout http_502 http_503;
        proxy_cache feed;
        add_header x-cache $upstream_cache_status always;
        location /feed/ {
          proxy_pass http://feed;
          proxy_set_header Connection "";
          proxy_set_header Accept-Encoding "";
          proxy_set_header If-None-Match $http_if_none_match;
          gzip on;
          gzip_proxied any;
          gzip_types application/json application/jwk-set+json;
        }
        location /forced/ {
          proxy_pass http://feed/feed/;
          proxy_set_header Connection "";
          proxy_ignore_headers Cache-Control;
          proxy_cache_valid 200 1m;
        }
        location / { return 404; }
      }
    }
  `;
}
