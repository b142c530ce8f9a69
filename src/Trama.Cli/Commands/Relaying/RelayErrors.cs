using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Peers.Listening;
using Trama.Peers.Relaying;
using Trama.Reports;

namespace Trama.Cli.Commands.Relaying;

/// <summary>Why a relay could not be started, in one line.</summary>
internal static class RelayErrors
{
    /// <summary>The failure to listen.</summary>
    public static UserError ToListen(ListenException error, RelayOptions options, Language language)
    {
        int port = options.Port;
        return new UserError(error.Failure switch
        {
            ListenFailure.PortTaken => PortHolder.Taken(options.Address, port, language) + language.Pick(
                "; choose another, or any free one with 0", "; escolha outra, ou qualquer uma livre com 0"),
            ListenFailure.AddressNotLocal => language.Pick(
                $"{options.Address} is no address of this machine, so port {port} cannot be opened there",
                $"{options.Address} não é um endereço desta máquina, e a porta {port} não pode ser aberta nele"),
            ListenFailure.NoPrivilege => language.Pick(
                $"port {port} needs privileges; choose one from 1024 on, or run as root",
                $"a porta {port} exige privilégios; escolha uma a partir de 1024, ou execute como root"),
            _ => language.Pick($"cannot listen on port {port}: {error.Message}",
                $"não foi possível escutar na porta {port}: {error.Message}"),
        });
    }
}
