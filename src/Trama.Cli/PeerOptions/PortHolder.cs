using System.Net;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary>Who has a port, for errors that say so.</summary>
internal static class PortHolder
{
    /// <summary>
    /// Who listens at a port, or else has a connection from it: <c>redis-server (pid 812)</c>; null when it cannot be seen who.
    /// </summary>
    /// <param name="address">The address that was asked for; null for all.</param>
    /// <param name="port">The port.</param>
    public static string? Of(IPAddress? address, int port)
    {
        try
        {
            using var table = new SocketTable();
            // Whoever listens at all addresses has it too, and so has, of one who asks for all, whoever listens at one.
            bool isAny = address is null || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
            TcpSocket? holding = table.List()
                .Where(socket => socket.Inode != 0 && socket.Local.Port == port
                    && (isAny || IsAny(socket.Local.Address) || socket.Local.Address.Equals(address)))
                .MaxBy(socket => socket.State == TcpSocketState.Listening);
            if (holding is null) return null;
            using Privileges.Raised rights = Privileges.Raise();
            var processes = new ProcessTable();
            foreach (int holder in SocketHolders.Look().Of(holding.Inode))
                if (processes.Of(holder) is { } facts) return $"{VisibleText.Of(facts.Name)} (pid {facts.Id})";
            return null;
        }
        catch (SocketTableException)
        {
            return null;
        }
    }

    /// <summary>That a port is taken, and by whom where that is known.</summary>
    /// <param name="address">The address that was asked for; null for all.</param>
    /// <param name="port">The port.</param>
    /// <param name="language">The language.</param>
    public static string Taken(IPAddress? address, int port, Language language) => Of(address, port) is { } holder
        ? language.Pick($"port {port} is taken by {holder}", $"a porta {port} está em uso por {holder}")
        : language.Pick(
            $"port {port} is taken: another program listens there, or has just stopped",
            $"a porta {port} está em uso: outro programa escuta nela, ou acabou de parar");

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
