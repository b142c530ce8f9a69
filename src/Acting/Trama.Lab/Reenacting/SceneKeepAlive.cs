namespace Trama.Lab.Reenacting;

/// <summary>When a host asks a silent peer whether it is still there (RFC 9293 section 3.8.4).</summary>
/// <param name="Idle">After so many seconds of silence.</param>
/// <param name="Interval">Then every so many seconds.</param>
/// <param name="Count">It gives up after so many probes without an answer.</param>
public sealed record SceneKeepAlive(int Idle, int Interval, int Count);
