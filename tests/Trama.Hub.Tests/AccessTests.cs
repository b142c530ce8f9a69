using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.NKeys;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;
using Trama.Rows.Tables;

namespace Trama.Hub.Tests;

/// <summary>Who may come to the broker, by certificates and NKeys, as <c>eng/fleet/nats.conf</c> has it, and who may no more.</summary>
public sealed class AccessTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_has_a_key_comes_in_publishes_its_own_subjects_and_is_shut_out_by_a_reload()
    {
        MakeCertificates();
        string hubKey = MakeKey("hub"), goodKey = MakeKey("good"), otherKey = MakeKey("other");
        string User(string key, string name) => $$"""
            {nkey: {{key}}, permissions: {
              publish: ["trama.*.*.{{name}}", "_INBOX_hubs.>", "$JS.API.STREAM.INFO.*"]
              subscribe: ["trama.stored.{{name}}", "trama.ask.{{name}}", "_INBOX_sensor_{{name}}.>"]
            } }
            """;
        string Config(params string[] sensors) => $$"""
            tls { cert_file: "{{_folder["broker.pem"]}}", key_file: "{{_folder["broker.key"]}}"
              ca_file: "{{_folder["ca.pem"]}}", verify: true }
            accounts { TENANT: { jetstream: enabled, users: [
              {nkey: {{hubKey}} }
              {{string.Join('\n', sensors)}}
            ] } }
            """;
        using var broker = new TestBroker(_folder["nats"], Config(User(goodKey, "good"), User(otherKey, "other")));
        string[] tls = ["--tls-ca", _folder["ca.pem"], "--tls-cert", _folder["client.pem"], "--tls-key", _folder["client.key"]];
        MakeKey("stranger");
        using (var stranger = new TestHub(broker.Url, _folder["none"], "stranger", [.. tls, "--nkey", _folder["stranger.nk"]]))
            stranger.Await("does not let this program in: ");
        using var hub = new TestHub(broker.Url, _folder["store"], "hub", [.. tls, "--nkey", _folder["hub.nk"]]);
        hub.Await("ready");
        using (var without = new TestSensor(broker.Url, _folder["without"], "good"))
            without.Await("does not let this program in: ");
        using var good = new TestSensor(broker.Url, _folder["good"], "good", more: [.. tls, "--nkey", _folder["good.nk"]]);
        using var other = new TestSensor(broker.Url, _folder["other"], "other", more: [.. tls, "--nkey", _folder["other.nk"]]);
        Give(good, 100);
        Give(other, 100);
        Assert.True(Wait(() => good.Spool.Waiting == 0 && other.Spool.Waiting == 0), string.Join('\n', hub.Said));
        await using (var connection = new NatsConnection(new NatsOpts
        {
            Url = broker.Url,
            InboxPrefix = "_INBOX_sensor_other",
            RequestTimeout = TimeSpan.FromSeconds(2),
            AuthOpts = NatsAuthOpts.Default with { NKey = otherKey, Seed = File.ReadAllText(_folder["other.nk"]) },
            TlsOpts = NatsTlsOpts.Default with
            {
                CaFile = _folder["ca.pem"],
                CertFile = _folder["client.pem"],
                KeyFile = _folder["client.key"],
            },
        }))
        {
            // In another's name it publishes nothing, and it hears nothing of what others say.
            var context = new NatsJSContext(connection);
            await Assert.ThrowsAnyAsync<NatsException>(async () => await context.PublishAsync("trama.00.gaps.good", "x"u8.ToArray(),
                cancellationToken: TestContext.Current.CancellationToken));
        }

        broker.Configure(Config(User(goodKey, "good")));
        lock (other.Told) other.Told.Clear();
        var clock = Stopwatch.StartNew();
        broker.Reload();
        other.Await("does not let this program in: ");
        TestContext.Current.SendDiagnosticMessage($"shut out, and told, {clock.Elapsed.TotalSeconds:0.0} s after the reload");
        Give(other, 100);
        Give(good, 100);
        Assert.True(Wait(() => good.Spool.Waiting == 0), string.Join('\n', hub.Said));
        Assert.True(other.Spool.Waiting > 0);
        hub.End();
        var rows = new Dictionary<string, int>();
        HeldReading.Each(_folder["store"], FleetKind.Gaps, (sensor, _) => rows[sensor] = rows.GetValueOrDefault(sensor) + 1);
        Assert.Equal([("good", 200), ("other", 100)], rows.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public void A_file_without_a_seed_is_told_at_once()
    {
        File.WriteAllText(_folder["key"], "no seed\n");
        using var hub = new TestHub("nats://127.0.0.1:1", _folder["store"], "hub", "--nkey", _folder["key"]);
        hub.Await($"trama-hub: {_folder["key"]} has no seed of a user's NKey: nk -gen user makes one");
    }

    [Fact]
    public void A_sensor_says_once_that_its_key_cannot_be_read_however_often_its_courier_does()
    {
        File.WriteAllText(_folder["key"], "no seed\n");
        using var sensor = new TestSensor("nats://127.0.0.1:1", _folder["sensor"], "sensor", more: ["--nkey", _folder["key"]]);
        sensor.Await("has no seed of a user's NKey");
        // The courier is started again after one, two and four seconds.
        Assert.True(Wait(() => sensor.Couriers >= 3));
        lock (sensor.Told) Assert.Equal([$"{_folder["key"]} has no seed of a user's NKey: nk -gen user makes one"], sensor.Told);
    }

    private static void Give(TestSensor sensor, int count)
    {
        TableOutput table = sensor.Outbox.Begin(FleetTable.Gaps);
        for (int i = 0; i < count; i++)
        {
            table.Add(1);
            table.Add(2);
            table.AddName("test");
            table.Add(i);
            table.EndRow();
        }

        sensor.Keep();
    }

    // Writes the seed, and gives the public key.
    private string MakeKey(string name)
    {
        using KeyPair pair = KeyPair.CreatePair(PrefixByte.User);
        File.WriteAllText(_folder[name + ".nk"], pair.GetSeed());
        return pair.GetPublicKey();
    }

    private void MakeCertificates()
    {
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", authority, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder["ca.pem"], own.ExportCertificatePem());
        foreach (string name in (string[])["broker", "client"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var asked = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            asked.CertificateExtensions.Add(names.Build());
            using X509Certificate2 given = asked.Create(own, own.NotBefore, own.NotAfter, Guid.NewGuid().ToByteArray());
            File.WriteAllText(_folder[name + ".pem"], given.ExportCertificatePem());
            File.WriteAllText(_folder[name + ".key"], key.ExportPkcs8PrivateKeyPem());
        }
    }

    private static bool Wait(Func<bool> until) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(100);
        return until();
    }, s_patience);
}
