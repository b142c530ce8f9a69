using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Peers.Listening;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>Why a server could not listen, in one line.</summary>
internal static class ListenErrors
{
    /// <summary>The failure to listen at a port.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="address">The address that was asked for, or null.</param>
    /// <param name="port">The port that was asked for.</param>
    /// <param name="language">The language to say it in.</param>
    public static UserError AtPort(ListenException error, System.Net.IPAddress? address, int port, Language language) =>
        new(error.Failure switch
        {
            ListenFailure.PortTaken => PortHolder.Taken(address, port, language) + language.Pick(
                "; choose another with --port, or any free one with --port 0",
                "; escolha outra com --port, ou qualquer uma livre com --port 0"),
            ListenFailure.AddressNotLocal => language.Pick(
                $"{address} is no address of this machine, so port {port} cannot be opened there (--bind)",
                $"{address} não é um endereço desta máquina, e a porta {port} não pode ser aberta nele (--bind)"),
            ListenFailure.NoPrivilege => language.Pick(
                $"port {port} needs privileges; choose one from 1024 on with --port, or run as root",
                $"a porta {port} exige privilégios; escolha uma a partir de 1024 com --port, ou execute como root"),
            _ => language.Pick($"cannot listen on port {port}: {error.Message}",
                $"não foi possível escutar na porta {port}: {error.Message}"),
        });

    /// <summary>The failure to listen at a Unix socket.</summary>
    public static UserError AtPath(ListenException error, string path, Language language) => new($"{path}: " + error.Failure switch
    {
        ListenFailure.PortTaken => language.Pick("another program listens there (--unix)", "outro programa escuta aí (--unix)"),
        ListenFailure.NotASocket => language.Pick("exists and is not a socket (--unix)", "existe e não é um socket (--unix)"),
        ListenFailure.AddressNotLocal => language.Pick("no such directory (--unix)", "o diretório não existe (--unix)"),
        ListenFailure.NoPrivilege => language.Pick("no permission to listen there (--unix)", "sem permissão para escutar aí (--unix)"),
        _ => error.Message,
    });
}
