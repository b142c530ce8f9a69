using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>Who can reach a server, in one line.</summary>
internal static class ServerReach
{
    /// <summary>Prints the line to standard error: always when commands are run, else when people read what is told.</summary>
    public static void Tell(EndPoint endpoint, ServingOutput told, Language language)
    {
        if (told.RunsCommands) Terminal.Warn($"trama: {OfCommands(endpoint, language)}");
        else if (!told.Quiet && !told.Json) Console.Error.WriteLine($"trama: {Of(endpoint, language)}");
    }

    private static string Of(EndPoint endpoint, Language language) => endpoint switch
    {
        IPEndPoint { Address: var address } when IPAddress.IsLoopback(address) => language.Pick(
            "only this machine can reach it", "só esta máquina pode alcançá-lo"),
        IPEndPoint { Address: var address } when IsAny(address) => language.Pick(
            $"other machines can reach it too{Addresses()}; --bind 127.0.0.1 keeps it to this one",
            $"outras máquinas também podem alcançá-lo{Addresses()}; --bind 127.0.0.1 o reserva a esta"),
        IPEndPoint { Address: var address } => language.Pick(
            $"whoever has a way to {address} can reach it", $"quem tiver caminho até {address} pode alcançá-lo"),
        _ => language.Pick($"whoever may write to {endpoint} can reach it", $"quem puder escrever em {endpoint} pode alcançá-lo"),
    };

    private static string OfCommands(EndPoint endpoint, Language language) => endpoint switch
    {
        IPEndPoint { Address: var address } when !IPAddress.IsLoopback(address) => language.Pick(
            $"whoever reaches {address} can have the command run (--bind)",
            $"quem alcançar {address} pode executar o comando (--bind)"),
        IPEndPoint => language.Pick(
            "every program of this machine can have the command run; --bind lets others",
            "qualquer programa desta máquina pode executar o comando; --bind permite outros"),
        _ => language.Pick(
            $"whoever may write to {endpoint} can have the command run",
            $"quem puder escrever em {endpoint} pode executar o comando"),
    };

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // The first address of each family by which others may find this machine.
    private static string Addresses()
    {
        IPAddress[] addresses = [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(device => device.OperationalStatus == OperationalStatus.Up)
            .SelectMany(device => device.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)];
        IPAddress?[] firsts = [Array.Find(addresses, IsIPv4), Array.Find(addresses, address => !IsIPv4(address))];
        string shown = string.Join(", ", firsts.Where(address => address is not null));
        return shown.Length > 0 ? $" ({shown})" : "";
    }

    private static bool IsIPv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;
}
