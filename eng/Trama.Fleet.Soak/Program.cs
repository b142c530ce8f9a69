using System.Globalization;
using Trama.Fleet.Soak;

if (args is [SensorRole.Word, var name, var folder, var broker, var messages, var pause])
{
    SensorRole.Run(name, folder, broker, int.Parse(messages, CultureInfo.InvariantCulture),
        TimeSpan.FromMilliseconds(double.Parse(pause, CultureInfo.InvariantCulture)));
    return 0;
}

if (SoakPlan.Read(args) is not { } plan)
{
    Console.Error.WriteLine("usage: eng/soak-fleet [ROWS [SENSORS [SECONDS [PATIENCE [hubs|brokers]]]]]: of each sensor a whole "
        + "number of messages of "
        + $"{SoakPlan.RowsPerMessage} rows, 4 sensors or more");
    return 2;
}

string? server = ((string[])[.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin"])
    .Select(place => Path.Combine(place, "nats-server")).FirstOrDefault(File.Exists);
if (server is null)
{
    Console.Error.WriteLine("nats-server is not installed: apt-get install nats-server");
    return 1;
}

string root = Directory.CreateTempSubdirectory("trama-soak-").FullName;
try
{
    using var soak = new Soak(plan, server, root);
    return soak.Run() ? 0 : 1;
}
finally
{
    Directory.Delete(root, recursive: true);
}
