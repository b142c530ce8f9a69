using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>The latest calls to servers of network files: a reply does not say what it answers, so its call must be remembered.</summary>
internal sealed class NfsCalls
{
    private const int Capacity = 64;

    private readonly Call[] _calls = new Call[Capacity];
    private int _next;

    /// <summary>Remembers a call, and forgets the oldest one.</summary>
    public void Add(uint transaction, IpAddress client, IpAddress server, uint procedure, uint version)
    {
        _calls[_next] = new Call(transaction, client, server, procedure, version, IsKnown: true);
        _next = (_next + 1) % Capacity;
    }

    /// <summary>Finds what a reply answers.</summary>
    public bool TryFind(uint transaction, IpAddress client, IpAddress server, out uint procedure, out uint version)
    {
        foreach (Call call in _calls)
        {
            if (!call.IsKnown || call.Transaction != transaction || call.Client != client || call.Server != server) continue;
            (procedure, version) = (call.Procedure, call.Version);
            return true;
        }

        (procedure, version) = (0, 0);
        return false;
    }

    private readonly record struct Call(uint Transaction, IpAddress Client, IpAddress Server, uint Procedure, uint Version, bool IsKnown);
}
