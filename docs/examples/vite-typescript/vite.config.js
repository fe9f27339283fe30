import { defineConfig } from "vite";

// The page comes from Vite while you develop; its streams go through to the Spring Boot application.
const application = "http://localhost:8080";

export default defineConfig({
  server: { proxy: { "/browser-server": { target: application, ws: true } } },
});
