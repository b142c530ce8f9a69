# Sends one message in the words of the lesson that trama grew from.
import socket

PORT = 5000
with socket.socket() as connection:
    connection.connect(("localhost", PORT))
    connection.sendall("Olá, servidor!".encode())
    print(f"Resposta do servidor: {connection.recv(1024).decode()}")
