import { backChannelLogout } from "@/lib/http/back-channel-logout";

export { backChannelLogout as POST };
