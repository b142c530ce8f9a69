using Trama.Captures;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>A command that runs, and the packets of its connections.</summary>
internal interface ICommandRun : IDisposable
{
    /// <summary>The packets, for one other thread; they end some time after the command.</summary>
    IRecordSource Packets { get; }

    /// <summary>What the packets come from, for a file of them.</summary>
    CaptureInterface Interface { get; }

    /// <summary>What a file of them is to say of itself; null when they are the wire's.</summary>
    (string English, string Portuguese)? Origin { get; }

    /// <summary>Whose the connections are; null when they are all the command's.</summary>
    IConnectionOwners? Owners { get; }

    /// <summary>Called before the reader of <see cref="Packets"/> waits, and every so often while it does.</summary>
    Action Waiting { set; }

    /// <summary>How many packets are missing.</summary>
    long Dropped { get; }

    /// <summary>What the real paths were like, where the packets are not the wire's; else null.</summary>
    RealPaths? Paths { get; }

    /// <summary>With whom the command speaks by UDP; null where that is not seen.</summary>
    SeenDatagrams? Datagrams { get; }

    /// <summary>The names that DNS told for addresses.</summary>
    AskedNames Names { get; }

    /// <summary>Its connections by Unix sockets, after <see cref="Wait"/>; null where they are not looked for.</summary>
    SeenUnixSockets? UnixSockets { get; }

    /// <summary>How many attempts to connect had to wait, since this process had no file handle left.</summary>
    long WithoutHandle { get; }

    /// <summary>Sends the command a signal.</summary>
    void Signal(int signal);

    /// <summary>Waits for the command, and then for its last packets.</summary>
    /// <returns>Its exit code.</returns>
    int Wait();
}
