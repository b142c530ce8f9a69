using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Hub.Embedded;

/// <summary>A broker of this hub's own, for a handful of hosts: <c>nats-server</c> as a child, with its data beside the store.</summary>
internal sealed class BrokerChild : IDisposable
{
    private readonly Process _process;

    private BrokerChild(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="address">Where it listens, such as <c>0.0.0.0:4222</c>.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="language">The language of errors.</param>
    /// <exception cref="UserError">It is not installed, or the address is none.</exception>
    public static BrokerChild Start(string address, string folder, Language language)
    {
        if (!IPEndPoint.TryParse(address, out IPEndPoint? place) || place.Port == 0) throw new UserError(language.Pick(
            $"expected an address such as 0.0.0.0:4222, got '{address}'", $"esperava um endereço como 0.0.0.0:4222, veio '{address}'"),
                ExitCode.Usage);
        Directory.CreateDirectory(folder);
        string file = Environment.GetEnvironmentVariable("TRAMA_NATS_SERVER")
            ?? (File.Exists("/usr/sbin/nats-server") ? "/usr/sbin/nats-server" : "nats-server");
        var start = new ProcessStartInfo(file, ["-a", place.Address.ToString(), "-p", place.Port.ToString(CultureInfo.InvariantCulture),
            "-js", "-sd", folder, "-l", Path.Combine(folder, "nats-server.log")]);
        try
        {
            return new BrokerChild(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            throw new UserError(language.Pick("nats-server is not installed: apt-get install nats-server, or name a broker with --nats",
                "nats-server não está instalado: apt-get install nats-server, ou informe um broker com --nats"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It ends in order, which leaves its files whole; they are, if it does not, too.
        if (!_process.HasExited) Terminate(_process.Id);
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }

    private static void Terminate(int process)
    {
        try
        {
            using Process? end = Process.Start("/bin/kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
            end?.WaitForExit();
        }
        catch (Win32Exception)
        {
            // Then it is killed.
        }
    }
}
