/* Many WebSocket clients on one epoll, for any server: client PORT PATH SOCKETS FRAMES
 *
 * Says `ready` when all are open. A frame counts when it has a stamp in it: `@` and the 19 digits of the nanosecond at
 * which it was sent. With FRAMES for each socket it prints one line of JSON at the end: deliveries, deliveries/s, and
 * latency in milliseconds, from the stamp to the read that brought the frame's end. With 0 frames it holds the sockets
 * open until its standard input ends. Pings are answered. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 17, BATCH = 256 };

typedef struct {
    int fd;
    size_t have, counted;
    unsigned char *bytes;
} Client;

static long long *latencies;
static size_t latency_count, latency_room;
static long long first_stamp, last_arrival;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_client(int port, const char *path, Client *client) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    char request[512], answer[4096];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (void *)&address, sizeof address)) fail("connect");
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    if (write(fd, request, length) != length) fail("write");
    size_t have = 0;
    /* Byte by byte: what follows the head is the first frame's. */
    while (have < 4 || memcmp(answer + have - 4, "\r\n\r\n", 4)) {
        if (have == sizeof answer - 1 || read(fd, answer + have, 1) != 1) fail("handshake");
        have++;
    }
    answer[have] = 0;
    if (strncmp(answer, "HTTP/1.1 101", 12)) {
        fprintf(stderr, "refused: %s\n", answer);
        exit(1);
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    *client = (Client){.fd = fd, .bytes = malloc(ROOM)};
    return fd;
}

static int count(const unsigned char *payload, size_t length, long long arrival) {
    const unsigned char *stamp = memchr(payload, '@', length);
    if (!stamp || stamp + 20 > payload + length) return 0;
    char digits[20] = {0};
    memcpy(digits, stamp + 1, 19);
    long long sent = atoll(digits);
    if (!first_stamp || sent < first_stamp) first_stamp = sent;
    last_arrival = arrival;
    if (latency_count < latency_room) latencies[latency_count++] = arrival - sent;
    return 1;
}

/* Takes the whole frames out of what a client has; false when the server closes. */
static int take(Client *client, long long arrival) {
    size_t at = 0;
    while (client->have - at >= 2) {
        unsigned char *frame = client->bytes + at;
        size_t head = 2, length = frame[1] & 127;
        if (length >= 126) {
            size_t extra = length == 126 ? 2 : 8;
            if (client->have - at < 2 + extra) break;
            length = 0;
            for (size_t i = 0; i < extra; i++) length = length << 8 | frame[2 + i];
            head += extra;
        }
        if (head + length > ROOM) fail("a frame is too large");
        if (client->have - at < head + length) break;
        int opcode = frame[0] & 15;
        if (opcode == 8) return 0;
        if (opcode == 9 && write(client->fd, "\x8a\x80\0\0\0\0", 6) != 6) return 0;
        if (opcode == 1) client->counted += count(frame + head, length, arrival);
        at += head + length;
    }
    memmove(client->bytes, client->bytes + at, client->have - at);
    client->have -= at;
    return 1;
}

static int compare(const void *left, const void *right) {
    long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

static void report(void) {
    if (!latency_count) fail("nothing came");
    qsort(latencies, latency_count, sizeof *latencies, compare);
    printf("{\"delivered\":%zu,\"rate\":%.0f,\"p50\":%.3f,\"p99\":%.3f,\"longest\":%.3f}\n", latency_count,
           latency_count / ((last_arrival - first_stamp) / 1e9), latencies[latency_count / 2] / 1e6,
           latencies[(size_t)((latency_count - 1) * .99)] / 1e6, latencies[latency_count - 1] / 1e6);
}

int main(int argc, char **argv) {
    if (argc != 5) return fprintf(stderr, "client PORT PATH SOCKETS FRAMES\n"), 2;
    int port = atoi(argv[1]), sockets = atoi(argv[3]), open = sockets, waiting = sockets;
    size_t frames = atoll(argv[4]);
    Client *clients = calloc(sockets, sizeof *clients);
    latency_room = frames * sockets;
    latencies = malloc(latency_room * sizeof *latencies + 1);
    int epoll = epoll_create1(0);
    for (int i = 0; i < sockets; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        epoll_ctl(epoll, EPOLL_CTL_ADD, open_client(port, argv[2], &clients[i]), &event);
    }
    puts("ready");
    fflush(stdout);
    struct epoll_event events[BATCH];
    while (open && (!frames || waiting)) {
        int ready = epoll_wait(epoll, events, BATCH, frames ? 10000 : 200);
        struct pollfd input = {.fd = 0, .events = POLLIN};
        if (!frames && poll(&input, 1, 0) && input.revents & POLLHUP) break;
        if (frames && ready <= 0) break;
        for (int i = 0; i < ready; i++) {
            Client *client = &clients[events[i].data.u32];
            ssize_t got = read(client->fd, client->bytes + client->have, ROOM - client->have);
            size_t before = client->counted;
            if (got > 0) client->have += got;
            if (got <= 0 || !take(client, now())) {
                epoll_ctl(epoll, EPOLL_CTL_DEL, client->fd, 0);
                open--;
            }
            if (before < frames && client->counted >= frames) waiting--;
        }
    }
    if (frames) report();
    else printf("{\"open\":%d}\n", open);
    return 0;
}
