using Trama.Cli.ThisProcess;
using Trama.Processes.Sockets;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// What stays in the network of a command beside it: when the gateway is gone, be it killed, it ends every connection there, so that all
/// programs get an error, and none waits for somebody who cannot answer any more.
/// </summary>
internal static class NetworkGuard
{
    // A connection may just be made while the first round goes on.
    private const int Rounds = 3;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the end of the gateway, and does its work.</summary>
    /// <param name="gateway">The number of its process.</param>
    public static int Serve(string gateway)
    {
        OtherProcess.WaitFor(gateway);
        try
        {
            using var table = new SocketTable();
            for (int round = 0; round < Rounds; round++)
            {
                if (round > 0) Thread.Sleep(BetweenRounds);
                foreach (TcpSocket socket in table.List().Where(socket => socket.State != TcpSocketState.Listening)) table.TryAbort(socket);
            }
        }
        catch (SocketTableException)
        {
            // A kernel that does not let sockets be ended: they wait for their time to run out.
            return ExitCode.Failed;
        }

        return ExitCode.Done;
    }
}
