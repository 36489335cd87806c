/*
 * A model server for the benchmark that costs next to nothing: one thread, no model, fixed answers.
 *
 *   upstream --port P [--ports N] [--events E] [--every MS]
 *
 * Listens on N ports of 127.0.0.1 from P on. POST answers with one JSON object or, when the body holds
 * "stream":true, with E events MS milliseconds apart (the first one at once), a usage event when the body
 * asks for it, and [DONE]. GET answers what a router asks a vLLM server: /health, /version, /v1/models and
 * an idle /metrics.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define LARGEST (1 << 20)

struct peer {
    int fd, listener, timer;
    char *in;
    size_t length, capacity;
    char *out;                     /* what the socket did not take yet */
    size_t out_length, out_capacity;
    int left, usage;               /* events still to send */
    struct peer *before, *after;   /* neighbours in the slot of the wheel */
    int slot;                      /* -1 when it streams nothing */
};

static int poller, events_per_stream = 50, every = 20, slot_now;
static struct peer *wheel[1000];   /* streams by the millisecond of the interval that they send in */

static const char EVENT[] =
    "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench\","
    "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" water\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
static const char USAGE[] =
    "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench\","
    "\"choices\":[],\"usage\":{\"prompt_tokens\":250,\"total_tokens\":300,\"completion_tokens\":50}}\n\n";
static const char METRICS[] =
    "vllm:num_requests_running{engine=\"0\",model_name=\"bench\"} 0.0\n"
    "vllm:num_requests_waiting{engine=\"0\",model_name=\"bench\"} 0.0\n"
    "vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"bench\"} 0.0\n";
static const char MODELS[] =
    "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\",\"created\":1700000000,"
    "\"owned_by\":\"vllm\",\"max_model_len\":16384}]}";

static void die(const char *what) { perror(what); exit(1); }

static void watch(struct peer *p, uint32_t what, int operation) {
    struct epoll_event e = {.events = what, .data.ptr = p};
    if (epoll_ctl(poller, operation, p->fd, &e) < 0) die("epoll_ctl");
}

static void leave_wheel(struct peer *p) {
    if (p->slot < 0) return;
    if (p->before) p->before->after = p->after; else wheel[p->slot] = p->after;
    if (p->after) p->after->before = p->before;
    p->slot = -1;
}

static void enter_wheel(struct peer *p) {
    p->slot = slot_now;
    p->before = NULL;
    p->after = wheel[p->slot];
    if (p->after) p->after->before = p;
    wheel[p->slot] = p;
}

static void drop(struct peer *p) {
    leave_wheel(p);
    close(p->fd);
    free(p->in);
    free(p->out);
    free(p);
}

static void put(struct peer *p, const char *bytes, size_t length) {
    if (p->out_length == 0) {
        ssize_t n = write(p->fd, bytes, length);
        if (n < 0) n = 0; /* a closed peer shows up as readable */
        bytes += n;
        length -= n;
        if (length == 0) return;
    }
    if (p->out_length + length > p->out_capacity) {
        p->out_capacity = (p->out_length + length) * 2;
        p->out = realloc(p->out, p->out_capacity);
        if (!p->out) die("realloc");
    }
    memcpy(p->out + p->out_length, bytes, length);
    p->out_length += length;
    watch(p, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

static void chunk(struct peer *p, const char *bytes, size_t length) {
    char frame[1024];
    int n = sprintf(frame, "%zx\r\n", length);
    memcpy(frame + n, bytes, length);
    memcpy(frame + n + length, "\r\n", 2);
    put(p, frame, n + length + 2);
}

static void event(struct peer *p) {
    chunk(p, EVENT, sizeof EVENT - 1);
    if (--p->left > 0) return;
    leave_wheel(p);
    if (p->usage) chunk(p, USAGE, sizeof USAGE - 1);
    put(p, "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n", 24);
}

static void whole(struct peer *p, const char *type, const char *body) {
    char answer[4096];
    int n = snprintf(answer, sizeof answer,
        "HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %zu\r\n\r\n%s", type, strlen(body), body);
    put(p, answer, n);
}

static void answer_json(struct peer *p) {
    static char body[1024];
    if (!body[0]) {
        int n = sprintf(body,
            "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"bench\","
            "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
        for (int i = 0; i < 40; i++) n += sprintf(body + n, " water flow");
        sprintf(body + n, "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            "\"usage\":{\"prompt_tokens\":250,\"total_tokens\":350,\"completion_tokens\":100}}");
    }
    whole(p, "application/json", body);
}

static void answer(struct peer *p, const char *body) {
    if (!strncmp(p->in, "GET /metrics", 12)) whole(p, "text/plain; version=0.0.4", METRICS);
    else if (!strncmp(p->in, "GET /v1/models", 14)) whole(p, "application/json", MODELS);
    else if (!strncmp(p->in, "GET /version", 12)) whole(p, "application/json", "{\"version\":\"0.11.0\"}");
    else if (!strncmp(p->in, "GET ", 4)) whole(p, "text/plain", "");
    else if (strstr(body, "\"stream\":true")) {
        static const char head[] =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
        put(p, head, sizeof head - 1);
        p->left = events_per_stream;
        p->usage = strstr(body, "\"include_usage\":true") != NULL;
        enter_wheel(p);
        event(p);
    } else answer_json(p);
}

/* Answers what is complete in the input; what follows stays for the next round. */
static void requests(struct peer *p) {
    for (;;) {
        p->in[p->length] = 0;
        char *body = strstr(p->in, "\r\n\r\n");
        if (!body) return;
        body += 4;
        long length = 0;
        char *field = strcasestr(p->in, "\r\ncontent-length:");
        if (field && field < body) length = atol(field + 17);
        field = strcasestr(p->in, "\r\ntransfer-encoding:");
        if (field && field < body) { fprintf(stderr, "upstream: a chunked request\n"); exit(1); }
        size_t all = body - p->in + length;
        if (p->length < all) return;
        char kept = p->in[all];
        p->in[all] = 0;
        answer(p, body);
        p->in[all] = kept;
        memmove(p->in, p->in + all, p->length - all);
        p->length -= all;
    }
}

static void readable(struct peer *p) {
    for (;;) {
        if (p->length + 65536 > p->capacity) {
            p->capacity = p->length + 131072;
            if (p->capacity > LARGEST) { fprintf(stderr, "upstream: request too large\n"); exit(1); }
            p->in = realloc(p->in, p->capacity + 1);
            if (!p->in) die("realloc");
        }
        ssize_t n = read(p->fd, p->in + p->length, p->capacity - p->length);
        if (n < 0 && errno == EAGAIN) break;
        if (n <= 0) { drop(p); return; }
        p->length += n;
    }
    requests(p);
}

static void writable(struct peer *p) {
    ssize_t n = write(p->fd, p->out, p->out_length);
    if (n > 0) {
        memmove(p->out, p->out + n, p->out_length - n);
        p->out_length -= n;
    }
    if (p->out_length == 0) watch(p, EPOLLIN, EPOLL_CTL_MOD);
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), on = 1;
        if (fd < 0) return;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct peer *p = calloc(1, sizeof *p);
        p->fd = fd;
        p->slot = -1;
        watch(p, EPOLLIN, EPOLL_CTL_ADD);
    }
}

static void tick(int timer) {
    uint64_t times;
    if (read(timer, &times, sizeof times) != sizeof times) return;
    for (; times > 0; times--) {
        slot_now = (slot_now + 1) % every;
        for (struct peer *p = wheel[slot_now], *next; p; p = next) {
            next = p->after;
            event(p);
        }
    }
}

int main(int argc, char **argv) {
    int port = 0, ports = 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        int value = atoi(argv[i + 1]);
        if (!strcmp(argv[i], "--port")) port = value;
        else if (!strcmp(argv[i], "--ports")) ports = value;
        else if (!strcmp(argv[i], "--events")) events_per_stream = value;
        else if (!strcmp(argv[i], "--every")) every = value;
        else { fprintf(stderr, "upstream: unknown option %s\n", argv[i]); return 2; }
    }
    if (!port || every < 1 || every > 1000 || events_per_stream < 1) { fprintf(stderr, "upstream: bad options\n"); return 2; }
    signal(SIGPIPE, SIG_IGN);
    poller = epoll_create1(0);
    for (int i = 0; i < ports; i++) {
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port + i)};
        struct peer *l = calloc(1, sizeof *l);
        int on = 1;
        inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
        l->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        l->listener = 1;
        setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(l->fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(l->fd, 1024) < 0) die("listen");
        watch(l, EPOLLIN, EPOLL_CTL_ADD);
    }
    struct peer *timer = calloc(1, sizeof *timer);
    struct itimerspec millisecond = {{0, 1000000}, {0, 1000000}};
    timer->fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    timer->timer = 1;
    timerfd_settime(timer->fd, 0, &millisecond, NULL);
    watch(timer, EPOLLIN, EPOLL_CTL_ADD);
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        struct epoll_event ready[256];
        int n = epoll_wait(poller, ready, 256, -1);
        for (int i = 0; i < n; i++) {
            struct peer *p = ready[i].data.ptr;
            if (p->listener) accept_all(p->fd);
            else if (p->timer) tick(p->fd);
            else if (ready[i].events & EPOLLOUT) writable(p);
            else readable(p);
        }
    }
}
