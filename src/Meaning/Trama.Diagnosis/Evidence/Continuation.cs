using Trama.Packets;

namespace Trama.Diagnosis.Evidence;

/// <summary>Where a connection stood when it was last seen, or when it was first seen without a beginning.</summary>
/// <param name="Connection">Its number.</param>
/// <param name="Packet">The packet.</param>
/// <param name="At">When.</param>
/// <param name="ServersNext">The next sequence number of the server, as on the wire.</param>
internal readonly record struct Continuation(long Connection, long Packet, Timestamp At, uint ServersNext);
