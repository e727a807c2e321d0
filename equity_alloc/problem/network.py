"""Maximum flow through a network, in exact integers."""

from __future__ import annotations

from collections import deque


class Network:
    """Maximum flow by shortest augmenting levels (Dinic 1970), in exact integers.

    Flow is pushed in the order in which sources are opened; opening another source never takes flow away from an
    earlier one, because an augmenting path does not run back into the source.
    """

    def __init__(self, n_nodes: int) -> None:
        self._head: list[list[int]] = [[] for _ in range(n_nodes)]
        self._to: list[int] = []
        self._room: list[int] = []

    def arc(self, tail: int, head: int, capacity: int) -> int:
        """Add an arc and return its number."""
        number = len(self._to)
        self._to += [head, tail]
        self._room += [capacity, 0]
        self._head[tail].append(number)
        self._head[head].append(number + 1)
        return number

    def flow_on(self, arc: int) -> int:
        """Return the flow on an arc."""
        return self._room[arc + 1]

    def push(self, source: int, sink: int) -> int:
        """Push as much as possible from source to sink and return how much went."""
        pushed = 0
        while True:
            level = self._levels(source)
            if level[sink] < 0:
                return pushed
            nexts = [0] * len(self._head)
            while sent := self._augment(source, sink, level, nexts):
                pushed += sent

    def send(self, path: tuple[int, ...]) -> int:
        """Send as much as fits along arcs that follow each other, and return how much went."""
        sent = min(self._room[arc] for arc in path)
        for arc in path:
            self._room[arc] -= sent
            self._room[arc ^ 1] += sent
        return sent

    def _levels(self, source: int) -> list[int]:
        level = [-1] * len(self._head)
        level[source] = 0
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for arc in self._head[node]:
                head = self._to[arc]
                if self._room[arc] > 0 and level[head] < 0:
                    level[head] = level[node] + 1
                    queue.append(head)
        return level

    def _augment(self, source: int, sink: int, level: list[int], nexts: list[int]) -> int:
        path: list[int] = []
        node = source
        while node != sink:
            arcs = self._head[node]
            while nexts[node] < len(arcs):
                arc = arcs[nexts[node]]
                if self._room[arc] > 0 and level[self._to[arc]] == level[node] + 1:
                    break
                nexts[node] += 1
            if nexts[node] < len(arcs):
                path.append(arcs[nexts[node]])
                node = self._to[path[-1]]
            elif path:
                node = self._to[path.pop() ^ 1]
                nexts[node] += 1
            else:
                return 0
        return self.send(tuple(path))
