/*
 * Load for the benchmark: many HTTP/1.1 connections from one thread, and the CPU time that a proxy's
 * processes spend meanwhile. Speaks to 127.0.0.1 only.
 *
 *   load --port P --connections C --seconds S --body FILE [--key K] [--pid PID]... [--rate R]
 *
 * Without --rate each connection sends its next request as soon as it has the answer to the last one.
 * With it, requests fall due at R a second, whether a connection is free or not, and latency counts from
 * when a request was due. A body that holds "stream":true makes the answers event streams: events are
 * counted, latency is that of the first event. Prints one JSON object.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum part { HEAD, BODY_LENGTH, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER };

struct connection {
    int fd, busy;
    size_t written;
    double due;
    enum part part;
    char head[8192];
    size_t head_length;
    long left;          /* bytes of the body or of the chunk still to come */
    char size_line[32];
    int size_length;
    int line_matched;   /* how much of "data:" the current line of the stream matches, -1 for no match */
    int status, first_seen, events;
    struct connection *next_free;
};

static char *request;
static size_t request_length;
static int streaming, port, poller;
static struct connection *free_list;
static double run_end, rate, next_due;
static long answered, failed, events_total, truncated;
static double *latencies;
static long latency_count, latency_capacity;

static void die(const char *what) { perror(what); exit(1); }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void record(double seconds) {
    if (latency_count == latency_capacity) {
        latency_capacity = latency_capacity ? latency_capacity * 2 : 1 << 16;
        latencies = realloc(latencies, latency_capacity * sizeof *latencies);
        if (!latencies) die("realloc");
    }
    latencies[latency_count++] = seconds;
}

static void open_connection(struct connection *c) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event e = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = c};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &e) < 0) die("epoll_ctl");
}

static void push(struct connection *c) {
    while (c->written < request_length) {
        ssize_t n = write(c->fd, request + c->written, request_length - c->written);
        if (n < 0) {
            if (errno != EAGAIN) die("write");
            struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP, .data.ptr = c};
            epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
            return;
        }
        c->written += n;
    }
}

static void send_request(struct connection *c, double due) {
    c->busy = 1;
    c->due = due;
    c->written = 0;
    c->part = HEAD;
    c->head_length = 0;
    c->first_seen = 0;
    c->events = 0;
    c->line_matched = 0;
    push(c);
}

static void next_request(struct connection *c, double at) {
    c->busy = 0;
    if (at >= run_end) return;
    if (rate == 0) {
        send_request(c, at);
    } else if (next_due <= at) {
        send_request(c, next_due);
        next_due += 1 / rate;
    } else {
        c->next_free = free_list;
        free_list = c;
    }
}

static void finish(struct connection *c) {
    double at = now();
    if (c->status == 200) {
        answered++;
        events_total += c->events;
        if (streaming && c->events == 0) truncated++;
        if (!streaming) record(at - c->due);
    } else {
        failed++;
    }
    next_request(c, at);
}

/* Counts lines that begin with "data:". */
static void scan(struct connection *c, const char *p, long n) {
    static const char mark[] = "data:";
    for (long i = 0; i < n; i++) {
        if (p[i] == '\n') {
            c->line_matched = 0;
        } else if (c->line_matched >= 0 && p[i] == mark[c->line_matched]) {
            if (++c->line_matched == 5) {
                c->line_matched = -1;
                if (c->events++ == 0) record(now() - c->due);
            }
        } else {
            c->line_matched = -1;
        }
    }
}

static const char *header(struct connection *c, const char *name) {
    size_t length = strlen(name);
    for (char *line = strstr(c->head, "\r\n"); line; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            for (line += length + 1; *line == ' '; line++);
            return line;
        }
    }
    return NULL;
}

/* The head is complete: find out how long the body is. */
static int begin_body(struct connection *c) {
    c->head[c->head_length] = 0;
    if (sscanf(c->head, "HTTP/1.1 %d", &c->status) != 1) { fprintf(stderr, "load: not HTTP\n"); exit(1); }
    const char *coding = header(c, "transfer-encoding"), *length = header(c, "content-length");
    if (coding && strncasecmp(coding, "chunked", 7) == 0) {
        c->part = CHUNK_SIZE;
        c->size_length = 0;
    } else if (length) {
        c->left = atol(length);
        c->part = BODY_LENGTH;
        if (c->left == 0) return 1;
    } else {
        fprintf(stderr, "load: an answer without length\n");
        exit(1);
    }
    return 0;
}

/* Takes n bytes; finishes at most one answer, because no request is pipelined. */
static void take(struct connection *c, const char *p, long n) {
    while (n > 0) {
        long used = 1;
        switch (c->part) {
        case HEAD:
            if (c->head_length + 1 >= sizeof c->head) { fprintf(stderr, "load: head too long\n"); exit(1); }
            c->head[c->head_length++] = *p;
            if (c->head_length >= 4 && memcmp(c->head + c->head_length - 4, "\r\n\r\n", 4) == 0 && begin_body(c)) {
                finish(c);
            }
            break;
        case BODY_LENGTH:
        case CHUNK_DATA:
            used = n < c->left ? n : c->left;
            if (streaming) scan(c, p, used);
            c->left -= used;
            if (c->left == 0) {
                if (c->part == BODY_LENGTH) finish(c);
                else { c->part = CHUNK_END; c->left = 2; }
            }
            break;
        case CHUNK_SIZE:
            if (*p == '\n') {
                c->size_line[c->size_length] = 0;
                c->left = strtol(c->size_line, NULL, 16);
                c->size_length = 0;
                c->part = c->left ? CHUNK_DATA : TRAILER;
            } else if (c->size_length < (int)sizeof c->size_line - 1) {
                c->size_line[c->size_length++] = *p;
            }
            break;
        case CHUNK_END:
            if (--c->left == 0) c->part = CHUNK_SIZE;
            break;
        case TRAILER: /* no trailers are expected: one empty line ends the answer */
            if (*p == '\n') finish(c);
            break;
        }
        p += used;
        n -= used;
    }
}

static long process_ticks(int pid) {
    char path[64], text[2048];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f) die(path);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    long user, system;
    /* behind the name: state and ten numbers, then user and system time */
    if (sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system) != 2)
        die(path);
    return user + system;
}

static double busy_cores(double *idle_then, double *at_then) {
    FILE *f = fopen("/proc/stat", "r");
    double user, nice, system, idle, wait, at = now();
    if (!f || fscanf(f, "cpu %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &wait) != 5) die("/proc/stat");
    fclose(f);
    double cores = sysconf(_SC_NPROCESSORS_ONLN), spent = (idle + wait - *idle_then) / sysconf(_SC_CLK_TCK);
    double busy = cores - spent / (at - *at_then);
    *idle_then = idle + wait;
    *at_then = at;
    return busy;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double quantile(double share) {
    return latency_count ? latencies[(long)(share * (latency_count - 1))] * 1e6 : 0;
}

static char *read_file(const char *path, size_t *length) {
    FILE *f = fopen(path, "r");
    if (!f) die(path);
    char *text = malloc(1 << 20);
    *length = fread(text, 1, (1 << 20) - 1, f);
    text[*length] = 0;
    fclose(f);
    return text;
}

int main(int argc, char **argv) {
    int connections = 1, pids[16], pid_count = 0;
    double seconds = 5;
    const char *body_file = NULL, *key = "none";
    for (int i = 1; i + 1 < argc; i += 2) {
        char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--port")) port = atoi(value);
        else if (!strcmp(name, "--connections")) connections = atoi(value);
        else if (!strcmp(name, "--seconds")) seconds = atof(value);
        else if (!strcmp(name, "--body")) body_file = value;
        else if (!strcmp(name, "--key")) key = value;
        else if (!strcmp(name, "--rate")) rate = atof(value);
        else if (!strcmp(name, "--pid") && pid_count < 16) pids[pid_count++] = atoi(value);
        else { fprintf(stderr, "load: unknown option %s\n", name); return 2; }
    }
    if (!port || !body_file) { fprintf(stderr, "load: --port and --body are needed\n"); return 2; }

    size_t body_length;
    char *body = read_file(body_file, &body_length);
    streaming = strstr(body, "\"stream\":true") != NULL;
    request = malloc(body_length + 4096);
    request_length = sprintf(request,
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n", port, key, body_length);
    memcpy(request + request_length, body, body_length);
    request_length += body_length;

    poller = epoll_create1(0);
    struct connection *all = calloc(connections, sizeof *all);
    for (int i = 0; i < connections; i++) open_connection(&all[i]);
    long ticks = 0;
    for (int i = 0; i < pid_count; i++) ticks -= process_ticks(pids[i]);
    double idle = 0, at = 0, start = now();
    busy_cores(&idle, &at);
    run_end = start + seconds;
    next_due = start;
    for (int i = 0; i < connections; i++) next_request(&all[i], start);

    int busy = 1;
    while (busy) {
        struct epoll_event ready[256];
        double moment = now(), wait = moment < run_end ? run_end - moment : 0.1;
        if (rate && free_list && moment < run_end && next_due - moment < wait) wait = next_due - moment;
        int n = epoll_wait(poller, ready, 256, wait > 0 ? (int)(wait * 1000) : 0);
        for (int i = 0; i < n; i++) {
            struct connection *c = ready[i].data.ptr;
            if (ready[i].events & EPOLLOUT) {
                struct epoll_event e = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = c};
                epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
                push(c);
            }
            char buffer[65536];
            ssize_t got = read(c->fd, buffer, sizeof buffer);
            if (got > 0) {
                take(c, buffer, got);
            } else if (got == 0 || errno != EAGAIN) { /* a server may close idle connections */
                int was_busy = c->busy;
                failed += was_busy;
                close(c->fd);
                open_connection(c);
                if (was_busy) next_request(c, now());
            }
        }
        while (rate && free_list && next_due <= now() && next_due < run_end) {
            struct connection *c = free_list;
            free_list = c->next_free;
            send_request(c, next_due);
            next_due += 1 / rate;
        }
        if (now() >= run_end) {
            busy = 0;
            for (int i = 0; i < connections; i++) busy |= all[i].busy;
            if (now() > run_end + 60) { fprintf(stderr, "load: answers are missing after 60 s\n"); return 1; }
        }
    }
    double took = now() - start, cores = busy_cores(&idle, &at);
    for (int i = 0; i < pid_count; i++) ticks += process_ticks(pids[i]);
    double cpu = ticks * 1e6 / sysconf(_SC_CLK_TCK);
    qsort(latencies, latency_count, sizeof *latencies, by_size);
    printf("{\"requests\":%ld,\"failed\":%ld,\"empty\":%ld,\"events\":%ld,\"seconds\":%.2f,\"rps\":%.1f,"
           "\"cpu_us_per_request\":%.2f,\"cpu_us_per_event\":%.3f,\"p50_us\":%.0f,\"p99_us\":%.0f,\"busy_cores\":%.2f}\n",
           answered, failed, truncated, events_total, took, answered / took, answered ? cpu / answered : 0,
           events_total ? cpu / events_total : 0, quantile(0.5), quantile(0.99), cores);
    return 0;
}
